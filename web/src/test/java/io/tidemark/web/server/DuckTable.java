package io.tidemark.web.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table of events that DuckDB writes and reads: partitioned by {@code region}, data files by {@code COPY}, commits by hand. DuckDB's
 * views {@code v0}, {@code v1}, … are its versions, with the files in the order of their paths.
 */
final class DuckTable implements AutoCloseable {
    private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("timestamp", "timestamp");
        COLUMNS.put("channel", "string");
        COLUMNS.put("event_type", "string");
        COLUMNS.put("platform", "string");
        COLUMNS.put("event_category", "string");
        COLUMNS.put("session_id", "string");
        COLUMNS.put("id", "long");
        COLUMNS.put("amount", "decimal(12,3)");
        COLUMNS.put("payload", "string");
        COLUMNS.put("region", "string");
    }

    /** What CSV and JSON are to be read as, for DuckDB. */
    static final String TYPES =
            "{timestamp: 'TIMESTAMPTZ', channel: 'VARCHAR', event_type: 'VARCHAR', platform: 'VARCHAR', "
                    + "event_category: 'VARCHAR', session_id: 'VARCHAR', id: 'BIGINT', amount: 'DECIMAL(12,3)', "
                    + "payload: 'VARCHAR', region: 'VARCHAR'}";

    private static final String ROWS = """
            SELECT make_timestamptz(1767225600000000 + (hash(i, 1) %% 172800000000)::BIGINT) AS timestamp,
              [NULL, '', 'web', 'mobile', 'chat'][1 + (hash(i, 2) %% 5)::BIGINT] AS channel,
              ['page_view', 'click', NULL][1 + (hash(i, 3) %% 3)::BIGINT] AS event_type,
              ['ios', '', 'chrome'][1 + (hash(i, 4) %% 3)::BIGINT] AS platform,
              ['user', 'error'][1 + (hash(i, 5) %% 2)::BIGINT] AS event_category,
              's' || (hash(i, 6) %% 50) AS session_id, i AS id, (i / 8)::DECIMAL(12, 3) AS amount, %s AS payload
            FROM range(%d, %d) r(i)
            """;

    private final Path root;
    private final Connection connection;
    /** Live files: their regions. */
    private final Map<String, String> live = new java.util.TreeMap<>();

    private long version = -1;
    private long nextId;
    private int names;

    DuckTable(Path root) throws IOException, SQLException {
        this.root = root;
        connection = DriverManager.getConnection("jdbc:duckdb:");
        execute("SET TimeZone='UTC'");
        Files.createDirectories(root.resolve("_delta_log"));
        String fields = COLUMNS.entrySet().stream()
                .map(column -> "{\\\"name\\\":\\\"" + column.getKey() + "\\\",\\\"type\\\":\\\"" + column.getValue()
                        + "\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}}")
                .collect(Collectors.joining(","));
        write(List.of(
                "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}",
                "{\"metaData\":{\"id\":\"duck\",\"format\":{\"provider\":\"parquet\",\"options\":{}},"
                        + "\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[" + fields
                        + "]}\",\"partitionColumns\":[\"region\"],\"configuration\":{}}}"));
    }

    Path root() {
        return root;
    }

    long version() {
        return version;
    }

    /** The files, in the order of their paths. */
    List<Path> files() {
        return live.keySet().stream().map(root::resolve).toList();
    }

    /**
     * Adds one file, and may remove another.
     *
     * @param payload an expression over {@code i}
     */
    void commit(int rows, String payload, boolean removeOne) throws IOException, SQLException {
        String region = names % 3 == 0 ? null : "Région " + names % 3;
        // Names whose order is not that of their making.
        String name = "part-" + Integer.toHexString(names * 0x9e3779b9 >>> 8) + ".parquet";
        names++;
        Path file = root.resolve(name);
        execute("COPY (" + ROWS.formatted(payload, nextId, nextId + rows) + ") TO '" + file
                + "' (FORMAT parquet, ROW_GROUP_SIZE 20000)");
        nextId += rows;
        List<String> actions = new ArrayList<>();
        if (removeOne && !live.isEmpty()) {
            String gone = live.keySet().iterator().next();
            live.remove(gone);
            actions.add("{\"remove\":{\"path\":\"" + gone + "\",\"deletionTimestamp\":1,\"dataChange\":true}}");
        }
        live.put(name, region == null ? "" : region);
        actions.add("{\"add\":{\"path\":\"" + name + "\",\"partitionValues\":{\"region\":"
                + (region == null ? "null" : "\"" + region + "\"") + "},\"size\":" + Files.size(file)
                + ",\"modificationTime\":1,\"dataChange\":true}}");
        write(actions);
    }

    private void write(List<String> actions) throws IOException, SQLException {
        version++;
        Path log = root.resolve("_delta_log");
        Path temporary = log.resolve(".next.tmp");
        Files.write(temporary, actions);
        Files.move(temporary, log.resolve("%020d.json".formatted(version)), StandardCopyOption.ATOMIC_MOVE);
        if (!live.isEmpty()) {
            execute("CREATE VIEW v" + version + " AS "
                    + live.entrySet().stream()
                            .map(file -> "SELECT *, nullif('" + file.getValue() + "', '') AS region FROM '"
                                    + root.resolve(file.getKey()) + "'")
                            .collect(Collectors.joining(" UNION ALL ")));
        }
    }

    private synchronized void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Rows as texts, in the order in which DuckDB gives them. */
    synchronized List<String> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    String value = result.getString(i);
                    row.append('|').append(value == null ? "NULL" : '<' + value + '>');
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }

    /** The rows of an exported file. */
    List<String> exported(String format, Path file) throws SQLException {
        return rows(
                switch (format) {
                    case "csv" ->
                        "SELECT * FROM read_csv('" + file + "', header = true, delim = ',', quote = '\"', "
                                + "escape = '\"', nullstr = '', allow_quoted_nulls = false, new_line = '\\r\\n', columns = "
                                + TYPES + ")";
                    case "ndjson" ->
                        "SELECT * FROM read_json('" + file + "', format = 'newline_delimited', columns = " + TYPES
                                + ")";
                    default -> "SELECT * FROM '" + file + "'";
                });
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
