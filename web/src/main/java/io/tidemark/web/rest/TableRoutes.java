package io.tidemark.web.rest;

import io.tidemark.views.store.ViewState;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.wire.Json;
import io.tidemark.web.wire.StatusJson;
import io.tidemark.web.wire.StatusReport;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The REST paths of one table. Answers are made on worker threads; each is made of one state. */
public final class TableRoutes {
    private static final long CACHE_BYTES = 64L << 20;

    private final LiveTable table;
    private final Executor workers;
    private final ScanRunner scans;
    private final PageCache pages;
    private final Supplier<StatusReport> status;

    /**
     * @param workers make the answers; reject when there is too much to do
     * @param scans make those that files must be read for
     * @param status how the table is doing now; not asked on an event loop
     */
    public TableRoutes(LiveTable table, Executor workers, ScanRunner scans, Supplier<StatusReport> status) {
        this.table = table;
        this.workers = workers;
        this.scans = scans;
        this.pages = new PageCache(CACHE_BYTES, table.limits(), workers);
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
                        queries -> new EventsRoute(table.spec(), queries, scans).install(router, prefix),
                        () -> notBuilt(router, api + "/events", "This table cannot be scanned."));
        notBuilt(router, api + "/export", "Exports come with the scans of a later version.");
    }

    private static void notBuilt(Router router, String path, String what) {
        ReadOnly.path(router, path, context -> {
            throw new ProblemException(Problem.notBuilt(what));
        });
    }

    private void page(RoutingContext context) {
        answer(context, PageQuery.page(table.spec(), parameters(context)));
    }

    private void view(RoutingContext context) {
        answer(context, PageQuery.view(table.spec(), context.pathParam("view"), parameters(context)));
    }

    private void schema(RoutingContext context) {
        answer(context, PageQuery.schema(parameters(context)));
    }

    private static QueryParameters parameters(RoutingContext context) {
        return new QueryParameters(context.request().query());
    }

    private void answer(RoutingContext context, PageQuery query) {
        ViewState state = table.state().orElseThrow(() -> new ProblemException(Problem.noVersionYet()));
        query.check(state);
        String tag = EntityTag.of(state, query);
        if (EntityTag.matches(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
            headers(context.response(), state, tag).setStatusCode(304).end();
            return;
        }
        Later.on(
                context,
                pages.page(state, query),
                body -> headers(context.response(), state, tag)
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(body));
    }

    private void status(RoutingContext context) {
        parameters(context).refuseAllBut(Set.of());
        Later.on(context, CompletableFuture.supplyAsync(status, workers), now -> {
            String tag = EntityTag.of(now);
            now.state()
                    .ifPresentOrElse(
                            state -> headers(context.response(), state, tag),
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

    private static HttpServerResponse headers(HttpServerResponse response, ViewState state, String tag) {
        return response.putHeader("Tidemark-Version", Long.toString(state.version()))
                .putHeader("Tidemark-Epoch", state.epoch())
                .putHeader(HttpHeaders.ETAG, tag)
                // May be kept, but not used without asking.
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    }
}
