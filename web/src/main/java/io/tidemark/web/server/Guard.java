package io.tidemark.web.server;

import io.tidemark.web.access.Access;
import io.tidemark.web.access.Admission;
import io.tidemark.web.access.Caller;
import io.tidemark.web.access.Need;
import io.tidemark.web.access.Role;
import io.tidemark.web.limits.Refusal;
import io.tidemark.web.limits.Visitor;
import io.tidemark.web.rest.Encodings;
import io.tidemark.web.rest.Origins;
import io.tidemark.web.rest.Problem;
import io.tidemark.web.rest.Problems;
import io.tidemark.web.rest.SameOrigin;
import io.tidemark.web.rest.SecurityHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** In front of all paths: who may ask, from where, and how much. */
final class Guard implements SecurityPolicyHandler {

    private static final Pattern LIVE = Pattern.compile("(?:/t/[^/]+)?/live(?:/.*)?");

    /** What stays open and is paid for as long: pages of other origins may not have their visitors open it. */
    private static final Pattern PUSHED = Pattern.compile("(?:/t/[^/]+)?/(?:live(?:/.*)?|api/v1/stream)");

    /** Whoever looks whether the process is well is never told to come again later, nor is the answer counted. */
    private static final Set<String> PROBES = Set.of("/healthz", "/readyz");

    /** Tells why there are so many. */
    private static final String METRICS = "/metrics";

    private final Access access;
    private final Origins origins;
    private final Gate gate;

    Guard(Access access, Origins origins, Gate gate) {
        this.access = access;
        this.origins = origins;
        this.gate = gate;
    }

    @Override
    public void handle(RoutingContext context) {
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
}
