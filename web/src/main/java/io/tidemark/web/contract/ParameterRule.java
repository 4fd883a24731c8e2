package io.tidemark.web.contract;

import io.tidemark.web.wire.BadRequestException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import java.util.List;

/**
 * One parameter of a query, which repeats if its schema is of an array.
 *
 * @param problem the code of what is wrong with it: {@code x-problem} in the document
 * @param most how often it may be given
 * @param type of one value
 * @param allowed what a value may be, as the end of a sentence
 * @param values decides about one value
 */
record ParameterRule(String name, String problem, int most, String type, String allowed, Validator values) {
    private static final JsonSchemaOptions OPTIONS = new JsonSchemaOptions()
            .setDraft(Draft.DRAFT202012)
            .setBaseUri("app://tidemark")
            .setOutputFormat(OutputFormat.Flag);

    /** @param parameter of the document, without a reference */
    static ParameterRule of(JsonObject parameter) {
        JsonObject schema = parameter.getJsonObject("schema");
        boolean repeats = "array".equals(schema.getString("type"));
        JsonObject value = repeats ? schema.getJsonObject("items") : schema;
        return new ParameterRule(
                parameter.getString("name"),
                parameter.getString("x-problem", "bad-parameter"),
                repeats ? schema.getInteger("maxItems", Integer.MAX_VALUE) : 1,
                value.getString("type"),
                allowed(value),
                Validator.create(JsonSchema.of(value), OPTIONS));
    }

    private static String allowed(JsonObject value) {
        JsonArray choice = value.getJsonArray("enum");
        if (value.containsKey("description")) {
            return value.getString("description");
        }
        if (choice != null) {
            return (choice.size() == 1 ? "" : "one of ")
                    + String.join(", ", choice.stream().map(String::valueOf).toList());
        }
        return switch (value.getString("type")) {
            case "integer" ->
                "a whole number from " + value.getLong("minimum", Long.MIN_VALUE) + " to "
                        + value.getLong("maximum", Long.MAX_VALUE);
            case "boolean" -> "true or false";
            default -> "a text";
        };
    }

    void check(List<String> given) {
        if (given.size() > most) {
            throw new BadRequestException(
                    problem,
                    most == 1
                            ? "'" + name + "' is given more than once."
                            : "'" + name + "' is given " + given.size() + " times; at most " + most + " are allowed.");
        }
        for (String text : given) {
            if (!values.validate(typed(text)).getValid()) {
                throw new BadRequestException(
                        problem, "'" + name + "' is '" + Shown.of(text) + "'. Allowed: " + allowed + ".");
            }
        }
    }

    /** A value as its type has it; what is no such thing stays text, which the schema then refuses. */
    private Object typed(String text) {
        try {
            return switch (type) {
                case "integer" -> (Object) Long.valueOf(text);
                case "boolean" -> text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : text;
                default -> text;
            };
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
