package io.tidemark.web.peer;

import io.tidemark.ingest.log.TableException;
import io.tidemark.views.cube.FileCountsCodec;
import io.tidemark.views.query.Scan;
import io.tidemark.views.query.ScanRefusedException;
import io.tidemark.views.query.ScanStoppedException;
import io.tidemark.views.query.ScanTooLargeException;
import io.tidemark.views.query.TableQueries;
import io.tidemark.views.query.TableRows;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.export.Exports;
import io.tidemark.web.scan.ScanPool;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does for other instances what they ask: nothing for who does not know the cluster's token. */
final class PeerServer {
    static final String PATH = "/peer/v1/work";

    private static final Logger LOG = LoggerFactory.getLogger(PeerServer.class);
    private static final long MOST_BYTES = 16 << 20;
    private static final Duration EXPORT = Duration.ofDays(1);

    private final byte[] authorization;
    private final Map<String, ? extends LiveTable> tables;
    private final ScanPool pool;
    private final Exports exports;
    private final LongAdder answered = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /**
     * @param tables by name
     * @param pool for the work of other instances alone
     */
    PeerServer(String token, Map<String, ? extends LiveTable> tables, ScanPool pool, Exports exports) {
        this.authorization = hash("Bearer " + token);
        this.tables = tables;
        this.pool = pool;
        this.exports = exports;
    }

    /** Of the same length whatever comes, so that comparing tells nothing. */
    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Answers a request, on its event loop. */
    void handle(HttpServerRequest request) {
        String shown = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        if (!MessageDigest.isEqual(authorization, hash(shown))) {
            refused.increment();
            refuse(request, 401);
        } else if (!request.path().equals(PATH)) {
            refuse(request, 404);
        } else if (!request.method().equals(HttpMethod.POST)) {
            refuse(request, 405);
        } else if (length(request) < 0) {
            refuse(request, 411);
        } else if (length(request) > MOST_BYTES) {
            refuse(request, 413);
        } else {
            request.body().onSuccess(body -> work(request, body));
        }
    }

    private static void refuse(HttpServerRequest request, int status) {
        request.response()
                .setStatusCode(status)
                .putHeader("Connection", "close")
                .end();
    }

    /** Negative if it is not said. */
    private static long length(HttpServerRequest request) {
        try {
            return Long.parseLong(
                    Optional.ofNullable(request.getHeader("Content-Length")).orElse("-1"));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void work(HttpServerRequest request, Buffer body) {
        PeerRequest asked;
        try {
            asked = PeerRequest.decode(body.getBytes());
        } catch (IllegalArgumentException e) {
            LOG.warn("Another instance asks for what is not understood: {}", e.getMessage());
            refuse(request, 400);
            return;
        }
        answered.increment();
        PeerAnswer answer = new PeerAnswer(request.response(), Vertx.currentContext());
        Optional<LiveTable> table = Optional.<LiveTable>ofNullable(tables.get(asked.table()))
                .filter(served -> served.uri().equals(asked.uri()));
        Optional<TableQueries> queries = table.flatMap(LiveTable::queries);
        if (queries.isEmpty()) {
            answer.end(Frame.of(Frame.Kind.NOT_SERVED));
            return;
        }
        // Before a first version is served here, nothing is known of the table: its files are read as is asked.
        String id = table.flatMap(LiveTable::state)
                .map(state -> state.metadata().id())
                .orElse(asked.work().metadata().id());
        try {
            Duration within = asked.rows().isPresent() ? EXPORT : Duration.ofMillis(Math.max(1, asked.millis()));
            ScanPool.Running<Frame> running =
                    pool.start(within, scan -> answered(asked, id, queries.get(), scan, answer));
            request.response().closeHandler(closed -> {
                answer.gone();
                running.cancel();
            });
            // Who asked is told by the answer.
            CompletableFuture<Frame> unused = running.result()
                    .whenComplete((last, failure) -> answer.end(failure == null ? last : failed(failure)));
        } catch (ScanRefusedException | RejectedExecutionException e) {
            answer.end(Frame.of(Frame.Kind.FAILED, "it does too much at once"));
        }
    }

    private Frame answered(PeerRequest asked, String tableId, TableQueries queries, Scan scan, PeerAnswer answer) {
        answer.send(Frame.of(Frame.Kind.HELLO, tableId));
        if (asked.rows().isPresent()) {
            TableRows rows = queries.rows(asked.work());
            exports.write(
                    rows,
                    asked.rows().get().format(),
                    asked.rows().get().raw(),
                    asked.files(),
                    scan.control(),
                    chunk -> answer.send(new Frame(Frame.Kind.ROWS, chunk)));
        } else {
            queries.local()
                    .count(
                            asked.work(),
                            asked.files(),
                            scan,
                            counts -> answer.send(new Frame(Frame.Kind.COUNTS, FileCountsCodec.encode(counts))));
        }
        return Frame.of(Frame.Kind.END);
    }

    /** How often others were answered. */
    long answered() {
        return answered.sum();
    }

    /** How often somebody asked who does not know the token. */
    long refused() {
        return refused.sum();
    }

    private static Frame failed(Throwable failure) {
        if (failure instanceof TableException || failure instanceof ScanTooLargeException) {
            return Frame.of(Frame.Kind.FAILED, failure.getMessage());
        }
        if (failure instanceof ScanStoppedException) {
            return Frame.of(Frame.Kind.FAILED, "it was stopped");
        }
        LOG.error("Work for another instance failed", failure);
        return Frame.of(Frame.Kind.FAILED, "the reason is in its log");
    }
}
