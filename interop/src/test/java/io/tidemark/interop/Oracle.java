package io.tidemark.interop;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Spark's own {@code GROUP BY} of a version, one grouping set a view. */
final class Oracle {
    private final SparkTable table;

    Oracle(SparkTable table) {
        this.table = table;
    }

    /** @param schema of that version */
    Page count(long version, StructType schema) {
        Map<String, String> expressions = expressions(schema);
        List<String> names = new ArrayList<>(expressions.keySet());
        List<String> sets = new ArrayList<>(List.of("()"));
        names.forEach(name -> sets.add("(" + name + ")"));
        boolean heatmap = names.contains("channel") && names.contains("type");
        if (heatmap) {
            sets.add("(channel, type)");
        }
        StringBuilder select = new StringBuilder("SELECT count(*)");
        names.forEach(name -> select.append(", ")
                .append(name)
                .append(", grouping(")
                .append(name)
                .append(")"));
        StringBuilder from = new StringBuilder(" FROM (SELECT 1 AS one");
        expressions.forEach(
                (name, sql) -> from.append(", ").append(sql).append(" AS ").append(name));
        from.append(" FROM ")
                .append(table.name())
                .append(" VERSION AS OF ")
                .append(version)
                .append(")");
        String groupBy = names.isEmpty() ? "" : " GROUP BY GROUPING SETS (" + String.join(", ", sets) + ")";

        Page page = new Page();
        page.put("totals", List.of("events"), 0);
        page.put("totals", List.of("noTime"), 0);
        names.stream().filter(name -> !name.equals("session")).forEach(page::view);
        if (heatmap) {
            page.view("heatmap");
        }
        long sessions = 0;
        for (Row row : table.sql(select.toString() + from + groupBy).collectAsList()) {
            sessions += take(page, names, row);
        }
        if (names.contains("session")) {
            page.put("totals", List.of("sessions"), sessions);
        }
        if (!names.contains("hourly")) {
            // All rows are without a time where there is no such column.
            page.put("totals", List.of("noTime"), page.count("totals", List.of("events")));
        }
        for (String dimension : Cube.DIMENSIONS.keySet()) {
            if (names.contains(dimension)) {
                page.put("totals", List.of("values", dimension), page.values(dimension));
            }
        }
        return page;
    }

    private static Map<String, String> expressions(StructType schema) {
        Map<String, String> expressions = new LinkedHashMap<>();
        List<String> columns = Arrays.asList(schema.fieldNames());
        if (columns.contains(Cube.TIME)) {
            expressions.put("hourly", "unix_seconds(date_trunc('HOUR', CAST(`" + Cube.TIME + "` AS TIMESTAMP)))");
        }
        Cube.DIMENSIONS.forEach((view, column) -> {
            if (columns.contains(column)) {
                expressions.put(view, "CAST(`" + column + "` AS STRING)");
            }
        });
        if (columns.contains(Cube.DISTINCT)) {
            expressions.put("session", "CAST(`" + Cube.DISTINCT + "` AS STRING)");
        }
        return expressions;
    }

    /** @return 1 if the row is a session's */
    private static int take(Page page, List<String> names, Row row) {
        long count = row.getLong(0);
        List<Integer> grouped = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (((Number) row.get(2 + 2 * i)).intValue() == 0) {
                grouped.add(i);
            }
        }
        if (grouped.isEmpty()) {
            page.put("totals", List.of("events"), count);
            return 0;
        }
        if (grouped.size() == 2) {
            page.put(
                    "heatmap",
                    Arrays.asList(row.getString(1 + 2 * grouped.get(0)), row.getString(1 + 2 * grouped.get(1))),
                    count);
            return 0;
        }
        String view = names.get(grouped.get(0));
        Object value = row.get(1 + 2 * grouped.get(0));
        if (view.equals("session")) {
            return value == null || value.equals("") ? 0 : 1;
        }
        if (!view.equals("hourly")) {
            page.put(view, Arrays.asList((String) value), count);
        } else if (value == null) {
            page.put("totals", List.of("noTime"), count);
        } else {
            page.put(view, List.of(Instant.ofEpochSecond((Long) value).toString()), count);
        }
        return 0;
    }
}
