package io.tidemark.web.rest;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.web.engine.LiveTable;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The paths that speak of the process: alive, ready, metrics. */
public final class ServiceRoutes {
    private final Supplier<? extends Collection<? extends LiveTable>> tables;
    private final Collection<String> awaited;
    private final PrometheusMeterRegistry metrics;
    private final Executor workers;

    /**
     * @param tables that are served now
     * @param awaited names of those without which the process is not ready
     */
    public ServiceRoutes(
            Supplier<? extends Collection<? extends LiveTable>> tables,
            Collection<String> awaited,
            PrometheusMeterRegistry metrics,
            Executor workers) {
        this.tables = tables;
        this.awaited = List.copyOf(awaited);
        this.metrics = metrics;
        this.workers = workers;
    }

    public void install(Router router) {
        ReadOnly.path(router, "/healthz", this::alive);
        ReadOnly.path(router, "/readyz", this::ready);
        ReadOnly.path(router, "/metrics", this::metrics);
    }

    /**
     * Whether to leave the process be. What a start of the process would not mend is no reason to start it again: a table that
     * is stale, a store that does not answer, Kafka that is away. An event loop that is blocked gives no answer at all.
     */
    private void alive(RoutingContext context) {
        String lost = names(LiveTable::isLost);
        if (!lost.isEmpty()) {
            throw new ProblemException(Problem.lost(lost));
        }
        text(context, "alive\n");
    }

    /**
     * Whether to send users here: whether there is something to show of each table that the process was started for; one that the
     * cluster follows since then is no reason to send users away from the others. How old it may be is not asked: the last
     * good version, marked as such, is more than no page.
     */
    private void ready(RoutingContext context) {
        String waiting =
                names(table -> awaited.contains(table.name()) && table.state().isEmpty());
        if (!waiting.isEmpty()) {
            throw new ProblemException(Problem.notReady("No version is served yet of: " + waiting + "."));
        }
        String lost = names(LiveTable::isLost);
        if (!lost.isEmpty()) {
            throw new ProblemException(Problem.lost(lost));
        }
        text(context, "ready\n");
    }

    private String names(Predicate<LiveTable> which) {
        return tables.get().stream().filter(which).map(LiveTable::name).collect(Collectors.joining(", "));
    }

    private void metrics(RoutingContext context) {
        Later.on(
                context,
                CompletableFuture.supplyAsync(metrics::scrape, workers),
                page -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end(page));
    }

    private static void text(RoutingContext context, String text) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(text);
    }
}
