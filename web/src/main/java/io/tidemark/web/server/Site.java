package io.tidemark.web.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.web.access.Access;
import io.tidemark.web.access.Admission;
import io.tidemark.web.access.Caller;
import io.tidemark.web.access.Need;
import io.tidemark.web.access.Role;
import io.tidemark.web.contract.RequestRules;
import io.tidemark.web.rest.Addresses;
import io.tidemark.web.rest.Encodings;
import io.tidemark.web.rest.Origins;
import io.tidemark.web.rest.Problems;
import io.tidemark.web.rest.SameOrigin;
import io.tidemark.web.rest.SecurityHeaders;
import io.tidemark.web.rest.ServiceRoutes;
import io.tidemark.web.rest.StaticFiles;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** All paths, and the guards in front of them. */
final class Site {

    private static final Pattern LIVE = Pattern.compile("(?:/t/[^/]+)?/live(?:/.*)?");

    /** What stays open and is paid for as long: pages of other origins may not have their visitors open it. */
    private static final Pattern PUSHED = Pattern.compile("(?:/t/[^/]+)?/(?:live(?:/.*)?|api/v1/stream)");

    private final Vertx vertx;
    private final List<TableSite> tables;
    private final PrometheusMeterRegistry metrics;
    private final Executor workers;
    private final Access access;
    private final Origins origins;
    private final StaticFiles files = new StaticFiles();
    private final Map<String, RequestRules> rules;
    private final Router router;

    Site(
            Vertx vertx,
            List<TableSite> tables,
            PrometheusMeterRegistry metrics,
            Executor workers,
            Access access,
            List<String> origins,
            Map<String, RequestRules> rules) {
        this.vertx = vertx;
        this.tables = tables;
        this.metrics = metrics;
        this.workers = workers;
        this.access = access;
        this.origins = new Origins(origins);
        this.rules = rules;
        this.router = makeRouter();
    }

    /** Answers every request. */
    Handler<HttpServerRequest> handler() {
        return request -> Addresses.complaint(request)
                .ifPresentOrElse(
                        problem -> {
                            SecurityHeaders.put(request.response());
                            problem.send(request.response());
                        },
                        () -> router.handle(request));
    }

    /** Of all routes; a last {@code *} is not among them. */
    List<String> paths() {
        return router.getRoutes().stream()
                .map(Route::getPath)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private Router makeRouter() {
        Router router = Router.router(vertx);
        Problems.install(router);
        router.route().handler((SecurityPolicyHandler) this::guard);
        new ServiceRoutes(tables.stream().map(TableSite::table).toList(), metrics, workers).install(router);
        for (TableSite table : tables) {
            table.install(router, vertx, "/t/" + table.name(), rules);
        }
        tables.get(0).install(router, vertx, "", rules);
        for (TableSite table : tables) {
            docs(router, "/t/" + table.name());
            page(router, "/t/" + table.name());
        }
        docs(router, "");
        router.route("/*").handler(context -> files.serve(context, below(context, "")));
        return router;
    }

    private void guard(RoutingContext context) {
        SecurityHeaders.put(context.response());
        String path = context.normalizedPath();
        boolean live = LIVE.matcher(path).matches();
        boolean pushed = PUSHED.matcher(path).matches();
        context.addHeadersEndHandler(ignored -> {
            origins.tell(context.request(), live);
            if (!pushed) {
                Encodings.tell(context.request());
            }
        });
        if (pushed) {
            Encodings.never(context.request());
        }
        if (origins.isPreflight(context.request())) {
            origins.answerPreflight(context.request(), live ? "GET, HEAD, POST" : "GET, HEAD");
        } else if (pushed
                ? !origins.lets(context.request())
                : !isRead(context) && !SameOrigin.allowsChange(context.request())) {
            context.fail(403);
        } else if (admit(context, path)) {
            if (live && Handshake.refusal(context.request()).isPresent()) {
                context.fail(Handshake.refusal(context.request()).getAsInt());
            } else {
                context.next();
            }
        }
    }

    /** Lets a request in that may be made, and refuses any other. */
    private boolean admit(RoutingContext context, String path) {
        Optional<Role> need = Need.of(context.request().method(), path);
        if (access.isOpen() || need.isEmpty()) {
            Admission.OPEN.leaveWith(context);
            return true;
        }
        Optional<Caller> caller = access.caller(context.request());
        if (caller.isEmpty()) {
            context.fail(401);
            return false;
        }
        if (!caller.get().roles().contains(need.get())) {
            context.fail(403, Problems.needsRole(need.get().title()));
            return false;
        }
        access.admit(caller.get(), need.get()).leaveWith(context);
        return true;
    }

    private static boolean isRead(RoutingContext context) {
        HttpMethod method = context.request().method();
        return method == HttpMethod.GET || method == HttpMethod.HEAD || method == HttpMethod.OPTIONS;
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
