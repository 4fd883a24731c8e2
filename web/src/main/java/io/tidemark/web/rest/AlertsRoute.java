package io.tidemark.web.rest;

import io.tidemark.web.alerts.Alert;
import io.tidemark.web.alerts.AlertBoard;
import io.tidemark.web.alerts.AlertReader;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.wire.Json;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code …/alerts}: what the users want to be told of, and what each of these says. Who may change them is decided in front. */
public final class AlertsRoute {
    private static final Logger LOG = LoggerFactory.getLogger(AlertsRoute.class);
    private static final int MAX_BODY = 64 << 10;

    private final LiveTable table;
    private final AlertBoard board;
    private final Executor workers;

    public AlertsRoute(LiveTable table, AlertBoard board, Executor workers) {
        this.table = table;
        this.board = board;
        this.workers = workers;
    }

    /** @param prefix of all paths of the table, without a slash at its end */
    public void install(Router router, String prefix) {
        String all = prefix + "/api/v1/alerts";
        String one = all + "/:name";
        ReadOnly.path(router, all, this::list);
        router.route(one).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::get);
        router.put(one)
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY))
                .handler(this::put);
        router.delete(one).handler(this::delete);
        router.route(one).handler(context -> {
            context.response().putHeader("Allow", "GET, HEAD, PUT, DELETE");
            context.fail(405);
        });
    }

    private void list(RoutingContext context) {
        parameters(context);
        Later.on(
                context,
                CompletableFuture.supplyAsync(board::json, workers),
                alerts -> answer(context).end(Json.object(json -> {
                    json.writeNumberField("most", AlertBoard.MOST);
                    json.writeArrayFieldStart("alerts");
                    for (String alert : alerts) {
                        json.writeRawValue(alert);
                    }
                    json.writeEndArray();
                })));
    }

    private void get(RoutingContext context) {
        parameters(context);
        String name = context.pathParam("name");
        Later.on(
                context,
                CompletableFuture.supplyAsync(() -> board.json(name).orElseThrow(AlertsRoute::unknown), workers),
                answer(context)::end);
    }

    private void put(RoutingContext context) {
        parameters(context);
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new ProblemException(new Problem(
                    415,
                    "bad-media-type",
                    "Not JSON",
                    "Send the alert as JSON, with 'Content-Type: application/json'."));
        }
        Alert alert = new AlertReader(table.spec())
                .read(context.pathParam("name"), String.valueOf(context.body().asString()));
        Later.on(
                context,
                CompletableFuture.supplyAsync(() -> put(alert), workers),
                put -> answer(context).setStatusCode(put.created() ? 201 : 200).end(put.json()));
    }

    private record Put(boolean created, String json) {}

    private Put put(Alert alert) {
        try {
            AlertBoard.Outcome outcome = board.put(alert);
            if (outcome == AlertBoard.Outcome.TOO_MANY) {
                throw new ProblemException(tooMany());
            }
            LOG.info("[{}] Alert {} is {}", table.name(), alert.name(), outcome);
            return new Put(
                    outcome == AlertBoard.Outcome.CREATED,
                    board.json(alert.name()).orElseThrow(AlertsRoute::unknown));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(RoutingContext context) {
        parameters(context);
        String name = context.pathParam("name");
        Later.on(
                context,
                CompletableFuture.runAsync(() -> remove(name), workers),
                removed -> context.response().setStatusCode(204).end());
    }

    private void remove(String name) {
        try {
            if (!board.remove(name)) {
                throw unknown();
            }
            LOG.info("[{}] Alert {} is deleted", table.name(), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void parameters(RoutingContext context) {
        new QueryParameters(context.request().query()).refuseAllBut(Set.of());
    }

    private static HttpServerResponse answer(RoutingContext context) {
        return context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static ProblemException unknown() {
        return new ProblemException(
                new Problem(404, "unknown-alert", "No such alert", "GET /api/v1/alerts lists those that there are."));
    }

    private static Problem tooMany() {
        return new Problem(
                409,
                "too-many-alerts",
                "Too many alerts",
                "There are " + AlertBoard.MOST + " alerts, as many as may be. Delete one first.");
    }
}
