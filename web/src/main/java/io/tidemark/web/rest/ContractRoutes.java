package io.tidemark.web.rest;

import io.tidemark.web.contract.Contract;
import io.tidemark.web.contract.RequestRules;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** The OpenAPI document, and its rules in front of the paths that it describes. */
public final class ContractRoutes {
    private static final String API = "/api/";

    private final Contract contract;

    public ContractRoutes(Contract contract) {
        this.contract = contract;
    }

    /**
     * To be installed before the paths themselves.
     *
     * @param prefix of all paths of the table, without a slash at its end
     */
    public void install(Router router, String prefix) {
        for (Map.Entry<String, RequestRules> path : RequestRules.of(contract).entrySet()) {
            // What asks whether the process is alive may well add something to get around a cache.
            if (path.getKey().startsWith(API)) {
                router.route(prefix + path.getKey().replaceAll("\\{(\\w+)}", ":$1"))
                        .method(HttpMethod.GET)
                        .method(HttpMethod.HEAD)
                        .handler(context -> check(context, path.getValue()));
            }
        }
        document(router, prefix + "/openapi.yaml", "application/yaml", contract.yaml());
        document(
                router,
                prefix + "/openapi.json",
                "application/json",
                contract.json().encodePrettily());
    }

    private static void check(RoutingContext context, RequestRules rules) {
        rules.check(new QueryParameters(context.request().query()).all());
        context.next();
    }

    private static void document(Router router, String path, String type, String text) {
        Buffer body = Buffer.buffer(text);
        String tag = EntityTag.of(body.getBytes());
        ReadOnly.path(router, path, context -> {
            context.response().putHeader(HttpHeaders.ETAG, tag).putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
            if (EntityTag.matches(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
                context.response().setStatusCode(304).end();
            } else {
                context.response().putHeader(HttpHeaders.CONTENT_TYPE, type).end(body);
            }
        });
    }
}
