package io.tidemark.web.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.web.rest.Addresses;
import io.tidemark.web.rest.BearerTokens;
import io.tidemark.web.rest.Problems;
import io.tidemark.web.rest.SameOrigin;
import io.tidemark.web.rest.SecurityHeaders;
import io.tidemark.web.rest.ServiceRoutes;
import io.tidemark.web.rest.StaticFiles;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** All paths, and the guards in front of them. */
final class Site {

    /** What a token is needed for: everything that tells of the tables. The page alone tells nothing, nor does health. */
    private static final Pattern PROTECTED = Pattern.compile("(?:/t/[^/]+)?/(?:api|live|metrics)(?:/.*)?");

    private static final Pattern LIVE = Pattern.compile("(?:/t/[^/]+)?/live(?:/.*)?");

    /** What stays open and is paid for as long: pages of other origins may not have their visitors open it. */
    private static final Pattern PUSHED = Pattern.compile("(?:/t/[^/]+)?/(?:live(?:/.*)?|api/v1/stream)");

    private final Vertx vertx;
    private final List<TableSite> tables;
    private final PrometheusMeterRegistry metrics;
    private final Executor workers;
    private final BearerTokens tokens;
    private final StaticFiles files = new StaticFiles();

    Site(Vertx vertx, List<TableSite> tables, PrometheusMeterRegistry metrics, Executor workers, List<String> tokens) {
        this.vertx = vertx;
        this.tables = tables;
        this.metrics = metrics;
        this.workers = workers;
        this.tokens = new BearerTokens(tokens);
    }

    /** Answers every request. */
    Handler<HttpServerRequest> handler() {
        Router router = router();
        return request -> Addresses.complaint(request)
                .ifPresentOrElse(
                        problem -> {
                            SecurityHeaders.put(request.response());
                            problem.send(request.response());
                        },
                        () -> router.handle(request));
    }

    private Router router() {
        Router router = Router.router(vertx);
        Problems.install(router);
        router.route().handler((SecurityPolicyHandler) this::guard);
        new ServiceRoutes(tables.stream().map(TableSite::table).toList(), metrics, workers).install(router);
        for (TableSite table : tables) {
            table.install(router, vertx, "/t/" + table.name());
        }
        tables.get(0).install(router, vertx, "");
        for (TableSite table : tables) {
            page(router, "/t/" + table.name());
        }
        router.route("/*").handler(context -> files.serve(context, below(context, "")));
        return router;
    }

    private void guard(RoutingContext context) {
        SecurityHeaders.put(context.response());
        String path = context.normalizedPath();
        if (PUSHED.matcher(path).matches() && !SameOrigin.allows(context.request())) {
            context.fail(403);
        } else if (PROTECTED.matcher(path).matches() && !tokens.allows(context.request())) {
            context.fail(401);
        } else if (LIVE.matcher(path).matches()
                && Handshake.refusal(context.request()).isPresent()) {
            context.fail(Handshake.refusal(context.request()).getAsInt());
        } else {
            context.next();
        }
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

    private static String below(RoutingContext context, String prefix) {
        String path = context.normalizedPath();
        return path.length() <= prefix.length() ? "" : path.substring(prefix.length() + 1);
    }
}
