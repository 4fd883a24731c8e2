package io.tidemark.web.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.web.access.Access;
import io.tidemark.web.access.Admission;
import io.tidemark.web.alerts.AlertBoard;
import io.tidemark.web.alerts.AlertSink;
import io.tidemark.web.alerts.AlertWatch;
import io.tidemark.web.alerts.Webhook;
import io.tidemark.web.contract.Contract;
import io.tidemark.web.contract.RequestRules;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.export.Exports;
import io.tidemark.web.live.EventStreamEndpoint;
import io.tidemark.web.live.HubLimits;
import io.tidemark.web.live.LiveHub;
import io.tidemark.web.live.SockJsEndpoint;
import io.tidemark.web.live.WebSocketEndpoint;
import io.tidemark.web.metrics.AlertMetrics;
import io.tidemark.web.metrics.TableMetrics;
import io.tidemark.web.rest.AlertsRoute;
import io.tidemark.web.rest.CommitsRoute;
import io.tidemark.web.rest.ContractRoutes;
import io.tidemark.web.rest.NotifyRoute;
import io.tidemark.web.rest.SessionRoute;
import io.tidemark.web.rest.StreamRoute;
import io.tidemark.web.rest.TableRoutes;
import io.tidemark.web.scan.ScanPool;
import io.tidemark.web.scan.StateScans;
import io.tidemark.web.wire.Json;
import io.tidemark.web.wire.RowCount;
import io.tidemark.web.wire.StatusReport;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.ProtocolUpgradeHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Everything that is served of one table: REST and sockets, under as many prefixes as it has. */
final class TableSite implements AutoCloseable {
    private static final String PROGRAM = Optional.ofNullable(
                    TableSite.class.getPackage().getImplementationVersion())
            .orElse("development");

    private final LiveTable table;
    private final LiveHub hub;
    private final TableRoutes routes;
    private final CommitsRoute commits;
    private final AlertsRoute alerts;
    private final AlertWatch watch;
    private final SessionRoute sessions;
    private final int longestMessage;
    private final long startedNanos = System.nanoTime();
    private final RowCount rows = new RowCount();

    /**
     * @param webhooks to which alerts are posted
     * @param gate that requests have come through
     * @param longestMessage that a client may send over a live socket, in bytes
     */
    TableSite(
            LiveTable table,
            Executor workers,
            ScanPool scans,
            Exports exports,
            MeterRegistry metrics,
            HubLimits limits,
            List<Webhook> webhooks,
            Access access,
            Gate gate,
            int longestMessage) {
        this.table = table;
        this.longestMessage = longestMessage;
        Optional<StateScans> states = table.queries().map(queries -> new StateScans(queries, scans));
        AlertBoard board =
                new AlertBoard(table.name(), table.spec(), table.folder().map(folder -> folder.resolve("alerts.json")));
        this.hub = new LiveHub(table, limits, this::status, states, board::json, gate.door(limits.clients()));
        board.tell(new AlertNews(table.name(), hub, webhooks));
        this.watch = new AlertWatch(table, board, Clock.systemUTC());
        this.sessions = new SessionRoute(access);
        this.alerts = new AlertsRoute(table, board, workers);
        AlertMetrics.register(metrics, table.name(), board);
        this.routes = new TableRoutes(table, workers, scans, states, exports, this::status);
        this.commits = new CommitsRoute(table, workers);
        TableMetrics.register(metrics, table, hub);
    }

    String name() {
        return table.name();
    }

    LiveTable table() {
        return table;
    }

    private StatusReport status() {
        Duration uptime = Duration.ofNanos(System.nanoTime() - startedNanos);
        // The hub is there whenever someone asks: it is asked by its own thread, or through routes.
        return StatusReport.of(
                table, rows, hub == null ? 0 : hub.clients(), hub == null ? Optional.empty() : hub.unlisted(), uptime);
    }

    /**
     * @param prefix of all paths, without a slash at its end
     * @param rules by path
     */
    void install(Router router, Vertx vertx, String prefix, Map<String, RequestRules> rules) {
        new ContractRoutes(rules, () -> Contract.of(table.spec(), prefix, PROGRAM)).install(router, prefix);
        routes.install(router, prefix);
        commits.install(router, prefix);
        new NotifyRoute(table, vertx).install(router, prefix);
        alerts.install(router, prefix);
        sessions.install(router, prefix);
        new StreamRoute(table.spec(), new EventStreamEndpoint(hub)).install(router, prefix);
        String live = prefix + "/live";
        WebSocketEndpoint sockets = new WebSocketEndpoint(hub);
        // Before SockJS, which has a route of the same path.
        router.get(live + "/websocket").handler((ProtocolUpgradeHandler) context -> upgrade(context, sockets));
        router.route(live + "/websocket").handler(context -> {
            context.response().putHeader("Allow", "GET");
            context.fail(405);
        });
        router.post(live + "/:server/:session/xhr_send")
                .handler(BodyHandler.create(false).setBodyLimit(longestMessage));
        // SockJS greets below its path, not at it.
        router.get(live).handler(TableSite::greet);
        router.route(live + "/*").subRouter(new SockJsEndpoint(hub).router(vertx, "/vendor/sockjs.min.js"));
    }

    private static void greet(RoutingContext context) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=UTF-8")
                .end("Welcome to SockJS!\n");
    }

    private static void upgrade(RoutingContext context, WebSocketEndpoint sockets) {
        if (!context.request().canUpgradeToWebSocket()) {
            context.response().putHeader("Upgrade", "websocket");
            context.fail(426);
            return;
        }
        HttpConnection connection = context.request().connection();
        context.request()
                .toWebSocket()
                .onSuccess(socket -> sockets.accept(socket, connection, Admission.of(context)))
                .onFailure(context::fail);
    }

    /** Where alerts are told. */
    private record AlertNews(String table, LiveHub hub, List<Webhook> webhooks) implements AlertSink {

        @Override
        public void changed(String json) {
            hub.alertChanged(json);
        }

        @Override
        public void turned(String json) {
            String named = Json.object(fields -> fields.writeStringField("table", table));
            String body = named.substring(0, named.length() - 1) + ',' + json.substring(1);
            webhooks.forEach(webhook -> webhook.send(body));
        }
    }

    /** Ends the sockets, which would else wait for the server's end. */
    void dismiss() {
        hub.dismiss();
    }

    @Override
    public void close() {
        watch.close();
        hub.close();
    }
}
