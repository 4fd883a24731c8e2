package io.tidemark.web.rest;

import io.tidemark.web.access.Access;
import io.tidemark.web.access.Admission;
import io.tidemark.web.access.Caller;
import io.tidemark.web.access.Role;
import io.tidemark.web.wire.Json;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** {@code …/session}: who one is, and a cookie in exchange for a token, for where a browser's page cannot send one. */
public final class SessionRoute {
    private final Access access;

    public SessionRoute(Access access) {
        this.access = access;
    }

    /** @param prefix of all paths of the table, without a slash at its end */
    public void install(Router router, String prefix) {
        String path = prefix + "/api/v1/session";
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(context -> {
            refuseParameters(context);
            answer(context, Admission.of(context).caller());
        });
        router.post(path).handler(this::open);
        router.delete(path).handler(context -> {
            context.response().addCookie(access.noCookie(context.request().isSSL()));
            context.response().setStatusCode(204).end();
        });
        router.route(path).handler(context -> {
            context.response().putHeader("Allow", "GET, HEAD, POST, DELETE");
            context.fail(405);
        });
    }

    private void open(RoutingContext context) {
        refuseParameters(context);
        if (access.isOpen()) {
            answer(context, Optional.empty());
            return;
        }
        // A cookie does not make another: what was stolen would last for ever.
        Optional<Caller> holder = access.holder(context.request());
        if (holder.isEmpty()) {
            context.fail(401);
            return;
        }
        context.response()
                .addCookie(access.cookie(holder.get(), context.request().isSSL()));
        answer(context, holder);
    }

    private static void refuseParameters(RoutingContext context) {
        new QueryParameters(context.request().query()).refuseAllBut(Set.of());
    }

    /** @param caller empty: everyone is let in */
    private void answer(RoutingContext context, Optional<Caller> caller) {
        Set<Role> roles = caller.map(Caller::roles).orElse(EnumSet.allOf(Role.class));
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(Json.object(json -> {
                    json.writeBooleanField("open", caller.isEmpty());
                    json.writeStringField("name", caller.map(Caller::name).orElse(null));
                    json.writeArrayFieldStart("roles");
                    for (Role role : EnumSet.copyOf(roles)) {
                        json.writeString(role.title());
                    }
                    json.writeEndArray();
                    json.writeStringField(
                            "ends", caller.flatMap(Caller::ends).map(Json::time).orElse(null));
                    json.writeNumberField("cookieSeconds", access.cookieSeconds());
                }));
    }
}
