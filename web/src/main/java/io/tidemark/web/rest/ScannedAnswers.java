package io.tidemark.web.rest;

import io.tidemark.views.query.Scan;
import io.tidemark.views.query.UnknownVersionException;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.engine.LiveTable;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Answers that take a scan of their own. They are kept by version and query, and not made again for who holds their tag. For event
 * loops.
 */
final class ScannedAnswers {
    private final LiveTable table;
    private final ScanRunner runner;
    private final PageCache pages;
    private final PageSender sender;

    ScannedAnswers(LiveTable table, ScanRunner runner, PageCache pages) {
        this.table = table;
        this.runner = runner;
        this.pages = pages;
        this.sender = new PageSender(pages, table.spec());
    }

    /**
     * An answer.
     *
     * @param version that was read: it may be a newer one than was served when it was asked for
     */
    record Made(String epoch, long version, Buffer body) {

        private PageCache.Key key(Record query) {
            return new PageCache.Key(epoch, version, query);
        }
    }

    /**
     * Answers with JSON.
     *
     * @param query decides the answer together with a version; says by its text all that it is
     * @param version that is asked for; empty: the one that is served
     * @param work makes the answer, on a thread that may wait
     */
    void answer(RoutingContext context, Record query, Optional<Long> version, Function<Scan, Made> work) {
        PageCache.Key key = key(query, version);
        if (sender.isUnchanged(context, key)) {
            return;
        }
        Optional<CompletableFuture<Buffer>> known = pages.known(key);
        if (known.isPresent()) {
            Later.on(context, known.get(), body -> sender.send(context, new PageSender.Made(key, body)));
        } else {
            runner.run(
                    context,
                    keeping(query, work),
                    made -> sender.send(context, new PageSender.Made(made.key(query), made.body)));
        }
    }

    /** Answers with events: progress while it is made, then the answer or a problem. Parameters as of {@link #answer}. */
    void stream(RoutingContext context, Record query, Optional<Long> version, Function<Scan, Made> work) {
        Optional<CompletableFuture<Buffer>> known = pages.known(key(query, version));
        ProgressStream stream = new ProgressStream(context);
        if (known.isPresent()) {
            stream.begin();
            stream.follow(known.get());
        } else {
            stream.follow(runner.begin(context, keeping(query, work)), Made::body);
        }
    }

    private PageCache.Key key(Record query, Optional<Long> wanted) {
        ViewState now = table.state().orElseThrow(() -> new ProblemException(Problem.noVersionYet()));
        long version = wanted.orElse(now.version());
        if (version > now.version()) {
            throw new ProblemException(
                    Problem.unknownVersion(new UnknownVersionException(version, now.version()).getMessage()));
        }
        return new PageCache.Key(now.epoch(), version, query);
    }

    private Function<Scan, Made> keeping(Record query, Function<Scan, Made> work) {
        return scan -> {
            Made made = work.apply(scan);
            pages.keep(made.key(query), made.body);
            return made;
        };
    }
}
