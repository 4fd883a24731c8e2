package io.tidemark.web.contract;

import io.tidemark.web.wire.BadRequestException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the document says of the parameters in the query of one path. Read once; safe for use by many threads.
 *
 * <p>The values are decoded by the caller. Vert.x' own router for OpenAPI is not used for this: {@code docs/design/api.md} says
 * why.
 */
public final class RequestRules {
    private final Map<String, ParameterRule> rules = new LinkedHashMap<>();

    private RequestRules() {}

    /** The rules of each path that can be read, by the path as it stands in the document. */
    public static Map<String, RequestRules> of(Contract contract) {
        JsonObject document = contract.tree();
        Map<String, RequestRules> byPath = new LinkedHashMap<>();
        for (Map.Entry<String, Object> path : document.getJsonObject("paths")) {
            RequestRules rules = new RequestRules();
            JsonObject get = ((JsonObject) path.getValue()).getJsonObject("get");
            if (get == null) {
                continue;
            }
            for (Object stated : get.getJsonArray("parameters", new JsonArray())) {
                JsonObject parameter = resolved(document, (JsonObject) stated);
                if (parameter.getString("in").equals("query")) {
                    rules.rules.put(parameter.getString("name"), ParameterRule.of(parameter));
                }
            }
            byPath.put(path.getKey(), rules);
        }
        return byPath;
    }

    private static JsonObject resolved(JsonObject document, JsonObject parameter) {
        String reference = parameter.getString("$ref");
        return reference == null
                ? parameter
                : document.getJsonObject("components")
                        .getJsonObject("parameters")
                        .getJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
    }

    /**
     * Checks the parameters of a request.
     *
     * @param parameters by name, in the order in which they came
     * @throws BadRequestException if one is not in the document, or not as the document says
     */
    public void check(Map<String, List<String>> parameters) {
        parameters.forEach((name, values) -> {
            ParameterRule rule = rules.get(name);
            if (rule == null) {
                throw new BadRequestException(
                        "unknown-parameter",
                        "There is no parameter '" + Shown.of(name) + "' here. "
                                + (rules.isEmpty()
                                        ? "This path takes none."
                                        : "Parameters: " + String.join(", ", rules.keySet()) + "."));
            }
            rule.check(values);
        });
    }
}
