package io.tidemark.ingest.log;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The columns of a schema string.
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#schema-serialization-format">Delta protocol</a>
 */
final class SchemaParser {
    private final boolean mapped;

    /** @param mapped true if the table maps columns: then physical names and field ids count */
    SchemaParser(boolean mapped) {
        this.mapped = mapped;
    }

    /** @throws IOException if the text is not JSON, or nested too deeply */
    List<Column> parse(String schemaString) throws IOException {
        try (JsonParser json = LogJson.FACTORY.createParser(schemaString)) {
            List<Column> columns = null;
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new TableException("The schema is not a JSON object.");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String field = json.currentName();
                json.nextToken();
                if (field.equals("fields") && json.currentToken() == JsonToken.START_ARRAY) {
                    columns = columns(json);
                } else {
                    json.skipChildren();
                }
            }
            if (columns == null) {
                throw new TableException("The schema has no 'fields'.");
            }
            return columns;
        }
    }

    private List<Column> columns(JsonParser json) throws IOException {
        List<Column> columns = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new TableException("Field " + (columns.size() + 1) + " of the schema is not an object.");
            }
            LogJson.requireFew(columns.size());
            columns.add(column(json, columns.size() + 1));
        }
        return columns;
    }

    private Column column(JsonParser json, int number) throws IOException {
        String name = null;
        ParsedType type = null;
        String physicalName = null;
        OptionalInt fieldId = OptionalInt.empty();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals("name")) {
                name = LogJson.text(json);
            } else if (field.equals("type")) {
                type = type(json);
            } else if (field.equals("metadata") && value == JsonToken.START_OBJECT) {
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String key = json.currentName();
                    json.nextToken();
                    if (key.equals("delta.columnMapping.physicalName")) {
                        physicalName = LogJson.text(json);
                    } else if (key.equals("delta.columnMapping.id")
                            && json.currentToken().isNumeric()) {
                        fieldId = OptionalInt.of(json.getIntValue());
                    } else {
                        json.skipChildren();
                    }
                }
            } else {
                json.skipChildren();
            }
        }
        if (name == null || type == null) {
            throw new TableException("Field " + number + " of the schema has no " + (name == null ? "name." : "type."));
        }
        return mapped ? type.column(name, physicalName == null ? name : physicalName, fieldId) : type.column(name);
    }

    /** A nested type is an object whose own field {@code type} says of which kind; null for null. */
    private ParsedType type(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            String name = LogJson.text(json);
            return name == null ? null : ParsedType.flat(name);
        }
        String kind = "nested";
        List<Column> fields = null;
        ParsedType element = null;
        ParsedType key = null;
        ParsedType value = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            JsonToken token = json.nextToken();
            if (field.equals("type") && token == JsonToken.VALUE_STRING) {
                kind = json.getText();
            } else if (field.equals("fields") && token == JsonToken.START_ARRAY) {
                fields = columns(json);
            } else if (field.equals("elementType")) {
                element = type(json);
            } else if (field.equals("keyType")) {
                key = type(json);
            } else if (field.equals("valueType")) {
                value = type(json);
            } else {
                json.skipChildren();
            }
        }
        if (kind.equals("struct") && fields != null) {
            return ParsedType.struct(fields);
        }
        if (kind.equals("array") && element != null) {
            return ParsedType.array(element);
        }
        return kind.equals("map") && key != null && value != null ? ParsedType.map(key, value) : ParsedType.other(kind);
    }
}
