package io.tidemark.web.rest;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.web.engine.LiveTable;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The paths that speak of the process: alive, ready, metrics. */
public final class ServiceRoutes {
    private final List<? extends LiveTable> tables;
    private final PrometheusMeterRegistry metrics;
    private final Executor workers;

    public ServiceRoutes(List<? extends LiveTable> tables, PrometheusMeterRegistry metrics, Executor workers) {
        this.tables = List.copyOf(tables);
        this.metrics = metrics;
        this.workers = workers;
    }

    public void install(Router router) {
        ReadOnly.path(router, "/healthz", context -> text(context, "alive\n"));
        ReadOnly.path(router, "/readyz", this::ready);
        ReadOnly.path(router, "/metrics", this::metrics);
    }

    private void ready(RoutingContext context) {
        List<String> waiting = tables.stream()
                .filter(table -> table.state().isEmpty())
                .map(LiveTable::name)
                .toList();
        if (!waiting.isEmpty()) {
            throw new ProblemException(
                    Problem.notReady("No version is served yet of: " + String.join(", ", waiting) + "."));
        }
        text(context, "ready\n");
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
