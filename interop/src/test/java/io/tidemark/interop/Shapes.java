package io.tidemark.interop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Random definitions of tables: columns, partitions or clusters, properties. */
final class Shapes {
    private static final List<String> VALUE_TYPES =
            List.of("STRING", "STRING", "STRING", "INT", "SMALLINT", "BIGINT", "BOOLEAN", "DECIMAL(8,2)", "DATE");
    private static final Map<String, String> EXTRAS = Map.of(
            "amount", "DOUBLE",
            "payload", "STRING",
            "n", "SMALLINT",
            "props", "STRUCT<a: INT, b: STRING>",
            "tags", "ARRAY<INT>",
            "attrs", "MAP<STRING, STRING>",
            "raw", "BINARY");

    private final SparkTable table;

    Shapes(SparkTable table) {
        this.table = table;
    }

    /** Column to type, in order. */
    Map<String, String> columns() {
        List<String> names = new ArrayList<>(Cube.COLUMNS.stream().sorted().toList());
        names.removeIf(name -> table.chance(name.equals("event_category") ? 0.1 : 0.02));
        names.addAll(table.some(EXTRAS.keySet().stream().sorted().toList(), 4));
        Collections.shuffle(names, table.random);
        Map<String, String> columns = new LinkedHashMap<>();
        names.forEach(name -> columns.put(name, typeOf(name)));
        return columns;
    }

    /** A type that a column of this name may have. */
    String typeOf(String name) {
        return switch (name) {
            case Cube.TIME -> table.one("TIMESTAMP", "TIMESTAMP", "TIMESTAMP", "TIMESTAMP_NTZ", "DATE");
            case Cube.DISTINCT -> table.one("STRING", "STRING", "STRING", "BIGINT");
            case "channel", "event_type" -> table.chance(0.9) ? "STRING" : table.one(VALUE_TYPES);
            case "platform", "event_category" -> table.one(VALUE_TYPES);
            default -> EXTRAS.getOrDefault(name, "STRING");
        };
    }

    /** The rest of a {@code CREATE TABLE} after its name. */
    String definition() {
        Map<String, String> columns = columns();
        String layout = "";
        if (table.chance(0.5)) {
            layout = " PARTITIONED BY (" + quoted(partitions(columns)) + ")";
        } else if (table.chance(0.3)) {
            layout = " CLUSTER BY (" + quoted(clusters(columns)) + ")";
        }
        return " ("
                + columns.entrySet().stream()
                        .map(e -> "`" + e.getKey() + "` " + e.getValue())
                        .collect(Collectors.joining(", "))
                + ") USING delta" + layout + " TBLPROPERTIES (" + text(properties()) + ")";
    }

    /** Columns to partition by: few values each. */
    List<String> partitions(Map<String, String> columns) {
        List<String> able = columns.keySet().stream()
                .filter(name -> !name.equals(Cube.DISTINCT) && !EXTRAS.containsKey(name))
                .filter(name -> !name.equals(Cube.TIME) || columns.get(name).equals("DATE"))
                .toList();
        return able.isEmpty()
                ? List.of(columns.keySet().iterator().next())
                : table.some(able, table.chance(0.25) ? 2 : 1);
    }

    private List<String> clusters(Map<String, String> columns) {
        List<String> able = columns.keySet().stream()
                .filter(name ->
                        Cube.COLUMNS.contains(name) && !columns.get(name).equals("BOOLEAN"))
                .toList();
        return able.isEmpty() ? List.of("payload") : table.some(able, 2);
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("delta.checkpointInterval", String.valueOf(4 + table.random.nextInt(12)));
        properties.put("delta.enableDeletionVectors", String.valueOf(table.chance(0.5)));
        String mapping = table.one("none", "none", "name", "name", "id");
        if (!mapping.equals("none")) {
            properties.put("delta.columnMapping.mode", mapping);
        }
        maybe(properties, 0.25, "delta.enableChangeDataFeed", "true");
        maybe(properties, 0.3, "delta.checkpointPolicy", "v2");
        maybe(properties, 0.3, "delta.enableInCommitTimestamps", "true");
        maybe(properties, 0.25, "delta.enableRowTracking", "true");
        maybe(properties, 0.3, "delta.enableTypeWidening", "true");
        // Else no column of that type can be added later.
        maybe(properties, 0.7, "delta.feature.timestampNtz", "supported");
        maybe(properties, 0.1, "delta.randomizeFilePrefixes", "true");
        maybe(properties, 0.1, "delta.dataSkippingNumIndexedCols", "1");
        return properties;
    }

    private void maybe(Map<String, String> properties, double probability, String property, String value) {
        if (table.chance(probability)) {
            properties.put(property, value);
        }
    }

    static String quoted(List<String> columns) {
        return columns.stream().map(column -> "`" + column + "`").collect(Collectors.joining(", "));
    }

    static String text(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(property -> "'" + property.getKey() + "' = '" + property.getValue() + "'")
                .collect(Collectors.joining(", "));
    }
}
