package io.tidemark.web.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.web.access.Access;
import io.tidemark.web.access.Admission;
import io.tidemark.web.access.Caller;
import io.tidemark.web.access.Need;
import io.tidemark.web.access.Role;
import io.tidemark.web.contract.RequestRules;
import io.tidemark.web.limits.Refusal;
import io.tidemark.web.limits.Visitor;
import io.tidemark.web.rest.Addresses;
import io.tidemark.web.rest.Encodings;
import io.tidemark.web.rest.Origins;
import io.tidemark.web.rest.Problem;
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
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** All paths, and the guards in front of them. */
final class Site {

    private static final Pattern LIVE = Pattern.compile("(?:/t/[^/]+)?/live(?:/.*)?");

    /** What stays open and is paid for as long: pages of other origins may not have their visitors open it. */
    private static final Pattern PUSHED = Pattern.compile("(?:/t/[^/]+)?/(?:live(?:/.*)?|api/v1/stream)");

    /** Whoever looks whether the process is well is never told to come again later, nor is the answer counted. */
    private static final Set<String> PROBES = Set.of("/healthz", "/readyz");

    /** Tells why there are so many. */
    private static final String METRICS = "/metrics";

    private final Vertx vertx;
    private final List<TableSite> tables;
    private final PrometheusMeterRegistry metrics;
    private final Executor workers;
    private final Access access;
    private final Origins origins;
    private final Connections connections;
    private final Gate gate;
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
            Map<String, RequestRules> rules,
            Connections connections,
            Gate gate) {
        this.vertx = vertx;
        this.tables = tables;
        this.metrics = metrics;
        this.workers = workers;
        this.access = access;
        this.origins = new Origins(origins);
        this.rules = rules;
        this.connections = connections;
        this.gate = gate;
        this.router = makeRouter();
    }

    /** Answers every request. */
    Handler<HttpServerRequest> handler() {
        return request -> {
            if (connections.isExcess(request.connection())) {
                refuse(request, Problem.tooManyConnections());
                request.connection().close();
            } else {
                Addresses.complaint(request)
                        .ifPresentOrElse(problem -> refuse(request, problem), () -> router.handle(request));
            }
        };
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
            if (context.response().getStatusCode() == 413) {
                gate.refusals().count(Refusal.TOO_LARGE);
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
            gate.refusals().count(Refusal.ORIGIN);
            context.fail(403);
        } else if (admit(context, path, pushed)) {
            if (live && Handshake.refusal(context.request()).isPresent()) {
                context.fail(Handshake.refusal(context.request()).getAsInt());
            } else {
                context.next();
            }
        }
    }

    /** Lets a request in that may be made, and refuses any other. */
    private boolean admit(RoutingContext context, String path, boolean pushed) {
        HttpServerRequest request = context.request();
        Optional<Role> need = Need.of(request.method(), path);
        if (access.isOpen() || need.isEmpty()) {
            Visitor visitor = gate.visitor(request, Optional.empty());
            Admission.open(visitor).leaveWith(context);
            return enter(context, path, pushed, visitor);
        }
        boolean token = access.showsToken(request);
        if (token && refused(context, gate.beforeToken(request))) {
            return false;
        }
        Optional<Caller> caller = access.caller(request);
        Visitor visitor = gate.visitor(request, caller);
        if (caller.isEmpty()) {
            gate.wrongToken(request, token);
            if (!refused(context, gate.pace(visitor.client()))) {
                context.fail(401);
            }
            return false;
        }
        if (!caller.get().roles().contains(need.get())) {
            gate.refusals().count(Refusal.ROLE);
            context.fail(403, Problems.needsRole(need.get().title()));
            return false;
        }
        access.admit(caller.get(), need.get(), visitor).leaveWith(context);
        return enter(context, path, pushed, visitor);
    }

    /** Counts a request that may be made, or refuses it because there are too many. */
    private boolean enter(RoutingContext context, String path, boolean pushed, Visitor visitor) {
        if (PROBES.contains(path)) {
            return true;
        }
        return !refused(context, gate.pace(visitor.client()))
                && (pushed
                        || path.equals(METRICS)
                        || !refused(context, gate.begin(context.request(), visitor.client())));
    }

    private static boolean refused(RoutingContext context, Optional<Problem> problem) {
        problem.ifPresent(told -> told.send(context.response()));
        return problem.isPresent();
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
