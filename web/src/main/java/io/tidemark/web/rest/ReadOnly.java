package io.tidemark.web.rest;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Paths that can be read and nothing else. */
final class ReadOnly {

    private ReadOnly() {}

    static void path(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
        // Or else a later route for all paths would say that there is nothing.
        router.route(path).handler(context -> context.fail(405));
    }
}
