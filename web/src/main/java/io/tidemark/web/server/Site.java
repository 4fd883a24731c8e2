package io.tidemark.web.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.web.contract.RequestRules;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.limits.Refusal;
import io.tidemark.web.rest.Addresses;
import io.tidemark.web.rest.Problem;
import io.tidemark.web.rest.Problems;
import io.tidemark.web.rest.SecurityHeaders;
import io.tidemark.web.rest.ServiceRoutes;
import io.tidemark.web.rest.StaticFiles;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.net.RFC3986;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All paths, behind the guard. Each table has a router of its own, as tables come and go while others are served; what has no table's
 * name in its path has another, which knows the first table's too.
 */
final class Site {
    private static final Pattern OF_A_TABLE = Pattern.compile("/t/([A-Za-z0-9_-]+)(?:/.*)?");

    private final Vertx vertx;
    private final PrometheusMeterRegistry metrics;
    private final Executor workers;
    private final Guard guard;
    private final Connections connections;
    private final Gate gate;
    private final StaticFiles files = new StaticFiles();
    private final Function<CubeSpec, Map<String, RequestRules>> rules;
    private final String first;
    private final List<String> awaited;
    private final Map<String, Place> places = new ConcurrentSkipListMap<>();
    private volatile Router main;

    private record Place(TableSite table, Router router) {}

    /**
     * @param tables at least one; the first is also that of the paths without a table's name
     * @param rules what requests must be like, by path, for a table's columns
     */
    Site(
            Vertx vertx,
            List<TableSite> tables,
            PrometheusMeterRegistry metrics,
            Executor workers,
            Guard guard,
            Function<CubeSpec, Map<String, RequestRules>> rules,
            Connections connections,
            Gate gate) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.workers = workers;
        this.guard = guard;
        this.rules = rules;
        this.connections = connections;
        this.gate = gate;
        this.first = tables.get(0).name();
        this.awaited = tables.stream().map(TableSite::name).toList();
        tables.forEach(this::add);
    }

    /** Serves one more table, or another one in place of the one of its name. */
    void add(TableSite table) {
        places.put(table.name(), new Place(table, routerOf(table)));
        if (table.name().equals(first)) {
            main = mainRouter(Optional.of(table));
        }
    }

    /** Serves a table no longer. */
    void remove(TableSite table) {
        places.computeIfPresent(table.name(), (name, place) -> place.table() == table ? null : place);
        if (table.name().equals(first) && !places.containsKey(first)) {
            main = mainRouter(Optional.empty());
        }
    }

    /** Answers every request. */
    Handler<HttpServerRequest> handler() {
        return request -> {
            if (connections.isExcess(request.connection())) {
                refuse(request, Problem.tooManyConnections());
                request.connection().close();
            } else {
                Addresses.complaint(request)
                        .ifPresentOrElse(
                                problem -> refuse(request, problem),
                                () -> routerFor(request.path()).handle(request));
            }
        };
    }

    private Router routerFor(String path) {
        if (path == null || path.isEmpty()) {
            return main;
        }
        Matcher named = OF_A_TABLE.matcher(RFC3986.normalizePath(path));
        Place place = named.matches() ? places.get(named.group(1)) : null;
        return place == null ? main : place.router();
    }

    /** For what is no request: lines too long, malformed headers. */
    void answerInvalid(HttpServerRequest request) {
        int status = Problems.answerInvalid(request);
        gate.refusals().count(status == 400 ? Refusal.MALFORMED : Refusal.TOO_LARGE);
    }

    private static void refuse(HttpServerRequest request, Problem problem) {
        SecurityHeaders.put(request.response());
        problem.send(request.response());
    }

    /** Of all routes; a last {@code *} is not among them. */
    List<String> paths() {
        return Stream.concat(Stream.of(main), places.values().stream().map(Place::router))
                .flatMap(router -> router.getRoutes().stream())
                .map(Route::getPath)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private Collection<LiveTable> tables() {
        return places.values().stream().map(place -> place.table().table()).toList();
    }

    private Router guarded() {
        Router router = Router.router(vertx);
        Problems.install(router);
        router.route().handler(guard);
        return router;
    }

    private Router routerOf(TableSite table) {
        Router router = guarded();
        String prefix = "/t/" + table.name();
        table.install(router, vertx, prefix, rules.apply(table.table().spec()));
        docs(router, prefix);
        page(router, prefix);
        return router;
    }

    private Router mainRouter(Optional<TableSite> table) {
        Router router = guarded();
        new ServiceRoutes(this::tables, awaited, metrics, workers).install(router);
        table.ifPresent(shown ->
                shown.install(router, vertx, "", rules.apply(shown.table().spec())));
        docs(router, "");
        router.route("/*").handler(context -> files.serve(context, below(context, "")));
        return router;
    }

    /** The same page for each table: it asks for what lies beside it. */
    private void page(Router router, String prefix) {
        router.route(prefix).handler(context -> {
            if (context.request().path().equals(prefix)) {
                // Only then do relative paths lead to this table.
                context.response()
                        .setStatusCode(308)
                        .putHeader("Location", prefix + "/")
                        .end();
            } else {
                files.serve(context, "");
            }
        });
        router.route(prefix + "/*").handler(context -> files.serve(context, below(context, prefix)));
    }

    /** The rendered document, beside the document itself: it asks for that one. */
    private void docs(Router router, String prefix) {
        router.route(prefix + "/docs").handler(context -> {
            if (context.request().path().equals(prefix + "/docs")) {
                context.response()
                        .setStatusCode(308)
                        .putHeader("Location", prefix + "/docs/")
                        .end();
            } else {
                files.serve(context, "docs/index.html");
            }
        });
    }

    private static String below(RoutingContext context, String prefix) {
        String path = context.normalizedPath();
        return path.length() <= prefix.length() ? "" : path.substring(prefix.length() + 1);
    }
}
