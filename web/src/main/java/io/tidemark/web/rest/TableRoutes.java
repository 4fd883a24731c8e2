package io.tidemark.web.rest;

import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.export.Exports;
import io.tidemark.web.scan.ScanPool;
import io.tidemark.web.scan.StateScans;
import io.tidemark.web.wire.Json;
import io.tidemark.web.wire.StatusJson;
import io.tidemark.web.wire.StatusReport;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The REST paths of one table. Answers are made on worker threads; each is made of one state. */
public final class TableRoutes {
    private static final long CACHE_BYTES = 64L << 20;

    private final LiveTable table;
    private final Executor workers;
    private final Exports exports;
    private final ScannedAnswers scanned;
    private final PageRoute answers;
    private final Supplier<StatusReport> status;

    /**
     * @param workers make the answers; reject when there is too much to do
     * @param pool for what files must be read for
     * @param scans of the table; empty if it cannot be scanned
     * @param exports makes downloads
     * @param status how the table is doing now; not asked on an event loop
     */
    public TableRoutes(
            LiveTable table,
            Executor workers,
            ScanPool pool,
            Optional<StateScans> scans,
            Exports exports,
            Supplier<StatusReport> status) {
        this.table = table;
        this.workers = workers;
        PageCache pages = new PageCache(CACHE_BYTES, workers);
        ScanRunner runner = new ScanRunner(pool);
        this.scanned = new ScannedAnswers(table, runner, pages);
        this.answers = new PageRoute(table, pages, runner, scans);
        this.exports = exports;
        this.status = status;
    }

    /** @param prefix of all paths, without a slash at its end */
    public void install(Router router, String prefix) {
        String api = prefix + "/api/v1";
        ReadOnly.path(router, api + "/views", this::page);
        ReadOnly.path(router, api + "/views/:view", this::view);
        ReadOnly.path(router, api + "/schema", this::schema);
        ReadOnly.path(router, api + "/status", this::status);
        table.queries()
                .ifPresentOrElse(
                        queries -> new EventsRoute(table, queries, scanned).install(router, prefix),
                        () -> notBuilt(router, api + "/events", "This table cannot be scanned."));
        new AnalysisRoutes(table, scanned).install(router, prefix);
        table.queries()
                .ifPresentOrElse(
                        queries -> new ExportRoute(table, queries, exports).install(router, prefix),
                        () -> notBuilt(router, api + "/export", "This table cannot be scanned."));
    }

    private static void notBuilt(Router router, String path, String what) {
        ReadOnly.path(router, path, context -> {
            throw new ProblemException(Problem.notBuilt(what));
        });
    }

    private void page(RoutingContext context) {
        answers.answer(context, PageQuery.page(table.spec(), parameters(context)));
    }

    private void view(RoutingContext context) {
        answers.answer(context, PageQuery.view(table.spec(), context.pathParam("view"), parameters(context)));
    }

    private void schema(RoutingContext context) {
        answers.answer(context, PageQuery.schema(parameters(context)));
    }

    private static QueryParameters parameters(RoutingContext context) {
        return new QueryParameters(context.request().query());
    }

    private void status(RoutingContext context) {
        parameters(context).refuseAllBut(Set.of());
        Later.on(context, CompletableFuture.supplyAsync(status, workers), now -> {
            String tag = EntityTag.of(now);
            now.state()
                    .ifPresentOrElse(
                            state -> VersionHeaders.put(context.response(), state.version(), state.epoch(), tag),
                            () -> context.response().putHeader(HttpHeaders.ETAG, tag));
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            if (EntityTag.matches(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
                context.response().setStatusCode(304).end();
                return;
            }
            context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(Json.object(json -> StatusJson.write(json, now)));
        });
    }
}
