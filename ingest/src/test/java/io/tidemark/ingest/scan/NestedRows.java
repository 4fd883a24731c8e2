package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rows with nested columns, each as one JSON object, and short ways to describe their types. */
final class NestedRows {
    private NestedRows() {}

    /** @param fields {@code {"name":…,"type":…}} each, as a schema has them */
    static List<Column> columns(Map<String, String> configuration, String... fields) {
        StringBuilder schema = new StringBuilder("{\"type\":\"struct\",\"fields\":[");
        schema.append(String.join(",", fields)).append("]}");
        return TableMetadata.parse("id", schema.toString(), List.of(), configuration)
                .columns();
    }

    /** @param type a name in quotes, or an object */
    static String field(String name, String type) {
        return "{\"name\":\"" + name + "\",\"type\":" + type + ",\"nullable\":true,\"metadata\":{}}";
    }

    /** A field with a physical name and an id. */
    static String field(String name, String type, int id) {
        return "{\"name\":\"" + name + "\",\"type\":" + type + ",\"nullable\":true,\"metadata\":{"
                + "\"delta.columnMapping.id\":" + id + ",\"delta.columnMapping.physicalName\":\"col-" + id + "\"}}";
    }

    static String struct(String... fields) {
        return "{\"type\":\"struct\",\"fields\":[" + String.join(",", fields) + "]}";
    }

    static String array(String element) {
        return "{\"type\":\"array\",\"elementType\":" + element + ",\"containsNull\":true}";
    }

    static String map(String key, String value) {
        return "{\"type\":\"map\",\"keyType\":" + key + ",\"valueType\":" + value + ",\"valueContainsNull\":true}";
    }

    static RowProjection projection(List<Column> columns, boolean byFieldId) {
        return new RowProjection(columns, Optional.empty(), Set.of(), byFieldId);
    }

    static List<String> scan(RowScanner scanner, DataFile file, RowProjection projection, RowFilter filter) {
        List<String> rows = new ArrayList<>();
        scanner.scan(file, projection, filter, batch -> add(batch, projection, rows), new ScanControl());
        return rows;
    }

    static List<String> fetch(RowScanner scanner, DataFile file, RowProjection projection, long... positions) {
        List<String> rows = new ArrayList<>();
        scanner.fetch(file, projection, positions, batch -> add(batch, projection, rows), new ScanControl());
        return rows;
    }

    private static boolean add(RowBatch batch, RowProjection projection, List<String> rows) {
        for (int row = 0; row < batch.rows(); row++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < projection.columns().size(); i++) {
                Column column = projection.columns().get(i);
                String value = value(batch.values(i), row);
                boolean quoted = value != null
                        && !column.type().isNested()
                        && !column.typeName().equals("long");
                text.append(text.length() == 0 ? "{" : ",")
                        .append('"')
                        .append(column.name())
                        .append("\":");
                text.append(quoted ? '"' + value + '"' : value);
            }
            rows.add(text.append('}').toString());
        }
        return true;
    }

    private static String value(IdVector values, int row) {
        int id = values.isConstant() ? values.constant() : values.ids()[row];
        ValueDictionary dictionary = values.dictionary();
        return id == IdVector.NULL
                ? null
                : new String(dictionary.bytes(), dictionary.offset(id), dictionary.length(id), StandardCharsets.UTF_8);
    }
}
