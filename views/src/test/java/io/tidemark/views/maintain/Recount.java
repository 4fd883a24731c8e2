package io.tidemark.views.maintain;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** All views of a table. Groups by value, or two values, as {@link #key}. */
public record Recount(
        long rows,
        long noTime,
        Map<List<String>, Long> hourly,
        Map<List<String>, Long> channels,
        Map<List<String>, Long> types,
        Map<List<String>, Long> heatmap,
        long sessions) {

    /** {@code null} is null, texts have a mark in front. */
    static List<String> key(String first, String second) {
        return List.of(first == null ? "null" : "=" + first, second == null ? "null" : "=" + second);
    }

    /**
     * What DuckDB counts.
     *
     * @param live files, and the rows deleted of each
     */
    static Recount of(Connection duckDb, Path root, Map<String, SortedSet<Integer>> live) throws SQLException {
        return of(duckDb, root, live, "true");
    }

    /** @param where which rows are counted, as SQL; null is false */
    static Recount of(Connection duckDb, Path root, Map<String, SortedSet<Integer>> live, String where)
            throws SQLException {
        try (Statement statement = duckDb.createStatement()) {
            load(statement, root, live, where);
            String hour = "CAST(CAST(floor(epoch_us(ts) / 3600000000) AS BIGINT) AS VARCHAR)";
            return new Recount(
                    one(statement, "SELECT count(*) FROM r"),
                    one(statement, "SELECT count(*) FROM r WHERE ts IS NULL"),
                    groups(statement, "SELECT " + hour + ", NULL, count(*) FROM r WHERE ts IS NOT NULL GROUP BY 1"),
                    groups(statement, "SELECT channel, NULL, count(*) FROM r GROUP BY 1"),
                    groups(statement, "SELECT type, NULL, count(*) FROM r GROUP BY 1"),
                    groups(statement, "SELECT channel, type, count(*) FROM r GROUP BY 1, 2"),
                    one(statement, "SELECT count(DISTINCT session) FROM r WHERE session <> ''"));
        }
    }

    /** The rows, newest first as pages have them: microseconds, channel, type and session of each. */
    static List<List<String>> newestFirst(
            Connection duckDb, Path root, Map<String, SortedSet<Integer>> live, String where) throws SQLException {
        List<List<String>> newest = new ArrayList<>();
        try (Statement statement = duckDb.createStatement()) {
            load(statement, root, live, where);
            try (ResultSet rows = statement.executeQuery("SELECT epoch_us(ts), channel, type, session FROM r"
                    + " ORDER BY ts DESC NULLS LAST, file, file_row_number")) {
                while (rows.next()) {
                    newest.add(
                            Arrays.asList(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
                }
            }
        }
        return newest;
    }

    private static void load(Statement statement, Path root, Map<String, SortedSet<Integer>> live, String where)
            throws SQLException {
        String rows = live.entrySet().stream()
                .map(file -> " UNION ALL BY NAME SELECT '" + file.getKey() + "' AS file, * FROM read_parquet('"
                        + root.resolve(file.getKey()) + "', file_row_number = true)" + without(file.getValue()))
                .collect(Collectors.joining());
        // A column that a file does not have is null in its rows.
        statement.execute("CREATE OR REPLACE TEMP TABLE r AS SELECT NULL::TIMESTAMPTZ AS ts, NULL::VARCHAR AS channel,"
                + " NULL::VARCHAR AS type, NULL::VARCHAR AS session, NULL::VARCHAR AS file,"
                + " NULL::BIGINT AS file_row_number WHERE false" + rows);
        statement.execute("DELETE FROM r WHERE NOT coalesce((" + where + "), false)");
    }

    private static String without(SortedSet<Integer> deleted) {
        return deleted.isEmpty()
                ? ""
                : " WHERE file_row_number NOT IN ("
                        + deleted.stream().map(String::valueOf).collect(Collectors.joining(",")) + ")";
    }

    private static Map<List<String>, Long> groups(Statement statement, String sql) throws SQLException {
        Map<List<String>, Long> groups = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                groups.put(key(rows.getString(1), rows.getString(2)), rows.getLong(3));
            }
        }
        return groups;
    }

    private static long one(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
