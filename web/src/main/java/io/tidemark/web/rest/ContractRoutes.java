package io.tidemark.web.rest;

import io.tidemark.web.contract.Contract;
import io.tidemark.web.contract.RequestRules;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.Supplier;

/** The OpenAPI document, and its rules in front of the paths that it describes. */
public final class ContractRoutes {
    private static final String API = "/api/";

    private final Map<String, RequestRules> rules;
    private final Supplier<Contract> contract;

    /**
     * @param rules by path as it stands in the document
     * @param contract makes the document, when somebody asks for it
     */
    public ContractRoutes(Map<String, RequestRules> rules, Supplier<Contract> contract) {
        this.rules = rules;
        this.contract = contract;
    }

    /**
     * To be installed before the paths themselves.
     *
     * @param prefix of all paths of the table, without a slash at its end
     */
    public void install(Router router, String prefix) {
        for (Map.Entry<String, RequestRules> path : rules.entrySet()) {
            // What asks whether the process is alive may well add something to get around a cache.
            if (path.getKey().startsWith(API)) {
                router.route(prefix + path.getKey().replaceAll("\\{(\\w+)}", ":$1"))
                        .method(HttpMethod.GET)
                        .method(HttpMethod.HEAD)
                        .handler(context -> check(context, path.getValue()));
            }
        }
        ServedDocument yaml =
                new ServedDocument("application/yaml", () -> contract.get().yaml());
        ServedDocument json = new ServedDocument(
                "application/json", () -> contract.get().json().encodePrettily());
        ReadOnly.path(router, prefix + "/openapi.yaml", yaml::serve);
        ReadOnly.path(router, prefix + "/openapi.json", json::serve);
    }

    private static void check(RoutingContext context, RequestRules rules) {
        rules.check(new QueryParameters(context.request().query()).all());
        context.next();
    }
}
