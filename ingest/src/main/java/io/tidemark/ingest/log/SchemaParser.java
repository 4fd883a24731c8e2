package io.tidemark.ingest.log;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The top level of a schema string.
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
        String typeName = null;
        String physicalName = null;
        OptionalInt fieldId = OptionalInt.empty();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals("name")) {
                name = LogJson.text(json);
            } else if (field.equals("type")) {
                typeName = typeName(json);
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
        if (name == null || typeName == null) {
            throw new TableException("Field " + number + " of the schema has no " + (name == null ? "name." : "type."));
        }
        if (!mapped) {
            return new Column(name, name, OptionalInt.empty(), typeOf(typeName), typeName);
        }
        return new Column(name, physicalName == null ? name : physicalName, fieldId, typeOf(typeName), typeName);
    }

    /** A nested type is an object whose own field {@code type} says of which kind. */
    private static String typeName(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return LogJson.text(json);
        }
        String kind = "nested";
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_STRING && field.equals("type")) {
                kind = json.getText();
            } else {
                json.skipChildren();
            }
        }
        return kind;
    }

    private static ColumnType typeOf(String typeName) {
        return switch (typeName.toLowerCase(Locale.ROOT)) {
            case "string" -> ColumnType.STRING;
            case "byte" -> ColumnType.BYTE;
            case "short" -> ColumnType.SHORT;
            case "integer" -> ColumnType.INTEGER;
            case "long" -> ColumnType.LONG;
            case "float" -> ColumnType.FLOAT;
            case "double" -> ColumnType.DOUBLE;
            case "boolean" -> ColumnType.BOOLEAN;
            case "binary" -> ColumnType.BINARY;
            case "date" -> ColumnType.DATE;
            case "timestamp" -> ColumnType.TIMESTAMP;
            case "timestamp_ntz" -> ColumnType.TIMESTAMP_NTZ;
            default -> typeName.startsWith("decimal") ? ColumnType.DECIMAL : ColumnType.OTHER;
        };
    }
}
