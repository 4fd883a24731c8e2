package io.tidemark.ingest.log;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.StringJoiner;

/**
 * A type of a schema, before it is known whose.
 *
 * @param children as {@link Column} has them
 */
record ParsedType(ColumnType type, String name, List<Column> children) {

    /** A name that would be longer is the kind alone: it is for people. */
    private static final int LONGEST_NAME = 1_000;

    static ParsedType flat(String name) {
        ColumnType type = switch (name.toLowerCase(Locale.ROOT)) {
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
            default -> name.startsWith("decimal") ? ColumnType.DECIMAL : ColumnType.OTHER;
        };
        return new ParsedType(type, name, List.of());
    }

    static ParsedType other(String kind) {
        return new ParsedType(ColumnType.OTHER, kind, List.of());
    }

    static ParsedType struct(List<Column> fields) {
        StringJoiner name = new StringJoiner(",", "struct<", ">");
        for (Column field : fields) {
            name.add(field.name() + ":" + field.typeName());
            if (name.length() > LONGEST_NAME) {
                return new ParsedType(ColumnType.STRUCT, "struct", fields);
            }
        }
        return new ParsedType(ColumnType.STRUCT, name.toString(), fields);
    }

    static ParsedType array(ParsedType element) {
        return new ParsedType(ColumnType.ARRAY, name("array", element.name()), List.of(element.column("element")));
    }

    static ParsedType map(ParsedType key, ParsedType value) {
        return new ParsedType(
                ColumnType.MAP,
                name("map", key.name() + "," + value.name()),
                List.of(key.column("key"), value.column("value")));
    }

    private static String name(String kind, String parts) {
        return parts.length() > LONGEST_NAME ? kind : kind + "<" + parts + ">";
    }

    Column column(String columnName) {
        return column(columnName, columnName, OptionalInt.empty());
    }

    Column column(String columnName, String physicalName, OptionalInt fieldId) {
        return new Column(columnName, physicalName, fieldId, type, name, children);
    }
}
