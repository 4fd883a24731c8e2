package io.tidemark.web.rest;

import io.tidemark.views.cube.ServedLimits;
import io.tidemark.views.query.RecentStates;
import io.tidemark.views.query.TableQueries;
import io.tidemark.views.query.UnknownVersionException;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.scan.StateScans;
import io.tidemark.web.wire.BadRequestException;
import io.tidemark.web.wire.FilterReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Answers questions about one table by the cheapest way there is: what was made before; the cube of the version that is served,
 * or of one that was lately; a scan of files.
 */
final class PageRoute {
    private final LiveTable table;
    private final ServedLimits limits;
    private final PageCache pages;
    private final ScanRunner runner;
    private final Optional<StateScans> scans;
    private final PageSender sender;

    /** @param scans empty if the table cannot be scanned */
    PageRoute(LiveTable table, PageCache pages, ScanRunner runner, Optional<StateScans> scans) {
        this.table = table;
        this.limits = table.limits();
        this.pages = pages;
        this.runner = runner;
        this.scans = scans;
        this.sender = new PageSender(pages, table.spec());
    }

    /** For event loops. */
    void answer(RoutingContext context, PageQuery query) {
        ViewState now = table.state().orElseThrow(() -> new ProblemException(Problem.noVersionYet()));
        if (query.version().filter(version -> version != now.version()).isEmpty()) {
            query.check(now);
            answer(context, now, query.ofAnyVersion(), () -> now);
            return;
        }
        long version = query.version().get();
        if (version > now.version()) {
            throw new ProblemException(
                    Problem.unknownVersion(new UnknownVersionException(version, now.version()).getMessage()));
        }
        Optional<RecentStates> recent = table.queries().map(TableQueries::recent);
        if (!query.needsScan()
                && recent.filter(r -> r.has(now.epoch(), version)).isPresent()) {
            // What the plain question was answered with when it was served.
            PageCache.Key key = new PageCache.Key(now.epoch(), version, query.ofAnyVersion());
            fromCube(
                    context,
                    key,
                    () -> recent.get().at(now.epoch(), version).orElseThrow(() -> new ProblemException(Problem.busy())),
                    query);
        } else {
            scan(context, now, new PageCache.Key(now.epoch(), version, query), query);
        }
    }

    private void answer(RoutingContext context, ViewState now, PageQuery query, Supplier<ViewState> state) {
        PageCache.Key key = new PageCache.Key(now.epoch(), now.version(), query);
        if (query.needsScan()) {
            scan(context, now, key, query);
        } else {
            fromCube(context, key, state, query);
        }
    }

    private void fromCube(RoutingContext context, PageCache.Key key, Supplier<ViewState> state, PageQuery query) {
        if (!sender.isUnchanged(context, key)) {
            Later.on(
                    context,
                    pages.page(key, () -> query.answer(state.get(), false, limits)),
                    body -> sender.send(context, new PageSender.Made(key, body)));
        }
    }

    private void scan(RoutingContext context, ViewState now, PageCache.Key key, PageQuery query) {
        if (sender.isUnchanged(context, key)) {
            return;
        }
        Optional<CompletableFuture<Buffer>> known = pages.known(key);
        if (known.isPresent()) {
            Later.on(context, known.get(), body -> sender.send(context, new PageSender.Made(key, body)));
            return;
        }
        StateScans able = scans.orElseThrow(PageRoute::cannotScan);
        runner.await(
                context,
                () -> able.ask(now, query.scan()),
                asked -> asked.result().thenCompose(state -> page(state, query)),
                made -> sender.send(context, made));
    }

    /** Of the version that was scanned: it may be a newer one than was served when it was asked for. */
    private CompletableFuture<PageSender.Made> page(ViewState state, PageQuery query) {
        PageCache.Key key = new PageCache.Key(state.epoch(), state.version(), query);
        return pages.page(key, () -> query.answer(state, true, limits))
                .thenApply(body -> new PageSender.Made(key, body));
    }

    private static BadRequestException cannotScan() {
        return new BadRequestException(
                FilterReader.NEEDS_SCAN,
                "Parts of hours, sessions under a filter and past versions need a scan of the table, which cannot be scanned"
                        + " from here.");
    }
}
