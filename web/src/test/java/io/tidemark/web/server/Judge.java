package io.tidemark.web.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges JSON by the schemas of an OpenAPI document, with a library that the service does not use. Stricter than the document:
 * a field that it does not name is an error, where for clients it is a thing to pass over.
 */
final class Judge {
    private static final String SCHEMAS = "/components/schemas/";

    private final ObjectMapper json = new ObjectMapper();
    private final ObjectNode document;
    private final Map<String, JsonSchema> schemas = new HashMap<>();

    Judge(String openApi) throws JsonProcessingException {
        document = (ObjectNode) json.readTree(openApi);
        Set<String> parts = new HashSet<>();
        partsOfOthers(document, parts);
        document.at("/components/schemas")
                .fields()
                .forEachRemaining(schema -> close(schema.getValue(), parts.contains(schema.getKey())));
    }

    JsonNode document() {
        return document;
    }

    /** Schemas that stand in an allOf of another one: what is more in that one, they cannot know. */
    private static void partsOfOthers(JsonNode node, Set<String> parts) {
        node.path("allOf").forEach(part -> parts.add(name(part.path("$ref").asText())));
        node.forEach(child -> partsOfOthers(child, parts));
    }

    private static String name(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static void close(JsonNode node, boolean part) {
        if (node instanceof ObjectNode schema && !part) {
            boolean ofFields =
                    schema.path("properties").isObject() || schema.path("allOf").isArray();
            if (ofFields && !schema.has("additionalProperties")) {
                schema.put("unevaluatedProperties", false);
            }
        }
        node.fields().forEachRemaining(child -> {
            if (child.getKey().equals("allOf")) {
                child.getValue().forEach(one -> one.path("properties").forEach(field -> close(field, false)));
            } else if (!child.getKey().equals("examples")) {
                close(child.getValue(), false);
            }
        });
        if (node.isArray()) {
            node.forEach(child -> close(child, false));
        }
    }

    /** What is wrong with a text by a schema of the components; empty if nothing is. */
    Set<String> complaints(String schema, String text) throws JsonProcessingException {
        Set<String> complaints = new TreeSet<>();
        for (ValidationMessage message :
                schemas.computeIfAbsent(schema, this::schema).validate(json.readTree(text))) {
            complaints.add(message.toString());
        }
        return complaints;
    }

    private JsonSchema schema(String name) {
        if (document.at(SCHEMAS + name).isMissingNode()) {
            throw new AssertionError("The document has no schema " + name);
        }
        ObjectNode root = json.createObjectNode();
        root.put("$ref", "#" + SCHEMAS + name);
        root.set("components", document.get("components"));
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root, config);
    }
}
