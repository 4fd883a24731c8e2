package io.tidemark.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A Delta table of very many tiny files, as a writer leaves it that commits a few rows every second for a fortnight. Written in
 * minutes: data files are copies of a few by DuckDB with other times and sessions, the log is a checkpoint by DuckDB
 * and commits by hand. File numbers count up; live are those from {@code first} to {@code next}.
 */
final class ManyFilesTable {
    private static final String STATE = "_many_files.properties";
    private static final String SCHEMA = Stream.of(
                    "timestamp:timestamp",
                    "channel:string",
                    "event_type:string",
                    "platform:string",
                    "event_category:string",
                    "session_id:string")
            .map(column -> column.split(":"))
            .map(column -> "{\\\"name\\\":\\\"" + column[0] + "\\\",\\\"type\\\":\\\"" + column[1]
                    + "\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}}")
            .reduce((a, b) -> a + "," + b)
            .orElseThrow();
    private static final String METADATA =
            "{\"id\":\"many-files\",\"format\":{\"provider\":\"parquet\",\"options\":{}},"
                    + "\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[" + SCHEMA + "]}\","
                    + "\"partitionColumns\":[],\"configuration\":{},\"createdTime\":0}";

    private final Path root;
    private final TinyFiles files;
    private final int rows;
    private long version;
    private long first;
    private long next;

    private ManyFilesTable(Path root, TinyFiles files, int rows) {
        this.root = root;
        this.files = files;
        this.rows = rows;
    }

    /**
     * Makes a table of one version, a checkpoint.
     *
     * @param rows of each file
     * @param filesPerSession how many files in a row the same sessions are in
     */
    static ManyFilesTable make(Path root, long count, int rows, int filesPerSession) throws IOException, SQLException {
        Files.createDirectories(root.resolve("_delta_log"));
        Properties properties = new Properties();
        properties.setProperty("rows", Integer.toString(rows));
        properties.setProperty("filesPerSession", Integer.toString(filesPerSession));
        ManyFilesTable table = of(root, properties);
        for (long i = 0; i < count; i++) {
            table.files.write(i);
        }
        table.next = count;
        table.version = 1000;
        table.writeCommit("");
        table.writeCheckpoint();
        table.save();
        return table;
    }

    static ManyFilesTable open(Path root) throws IOException, SQLException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(root.resolve(STATE))) {
            properties.load(in);
        }
        ManyFilesTable table = of(root, properties);
        table.version = Long.parseLong(properties.getProperty("version"));
        table.first = Long.parseLong(properties.getProperty("first"));
        table.next = Long.parseLong(properties.getProperty("next"));
        return table;
    }

    private static ManyFilesTable of(Path root, Properties properties) throws IOException, SQLException {
        int rows = Integer.parseInt(properties.getProperty("rows"));
        int filesPerSession = Integer.parseInt(properties.getProperty("filesPerSession"));
        return new ManyFilesTable(root, TinyFiles.of(root, rows, filesPerSession), rows);
    }

    private void save() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("rows", Integer.toString(rows));
        properties.setProperty("filesPerSession", Integer.toString(files.filesPerSession()));
        properties.setProperty("version", Long.toString(version));
        properties.setProperty("first", Long.toString(first));
        properties.setProperty("next", Long.toString(next));
        try (var out = Files.newBufferedWriter(root.resolve(STATE))) {
            properties.store(out, null);
        }
    }

    /** Commits one new file each time; every fourth commit removes the oldest. */
    void append(int commits) throws IOException {
        for (int i = 0; i < commits; i++) {
            version++;
            long size = files.write(next);
            StringBuilder actions = new StringBuilder(256)
                    .append("{\"add\":{\"path\":\"")
                    .append(TinyFiles.name(next))
                    .append("\",\"partitionValues\":{},\"size\":")
                    .append(size)
                    .append(",\"modificationTime\":0,\"dataChange\":true,\"stats\":\"")
                    .append(stats().replace("\"", "\\\""))
                    .append("\"}}\n");
            if (version % 4 == 0) {
                actions.append("{\"remove\":{\"path\":\"")
                        .append(TinyFiles.name(first++))
                        .append("\",\"dataChange\":true,\"deletionTimestamp\":0}}\n");
            }
            next++;
            writeCommit(actions.toString());
        }
        save();
    }

    /** As a writer that makes a checkpoint and cleans the log before it. */
    void checkpointAndClean() throws IOException, SQLException {
        writeCheckpoint();
        List<Path> old;
        try (Stream<Path> log = Files.list(root.resolve("_delta_log"))) {
            old = log.filter(path ->
                            Character.isDigit(path.getFileName().toString().charAt(0)))
                    .filter(path -> !path.getFileName().toString().startsWith(name(version)))
                    .toList();
        }
        for (Path path : old) {
            Files.delete(path);
        }
    }

    private void writeCommit(String actions) throws IOException {
        Path draft = root.resolve("_draft");
        Files.writeString(
                draft,
                "{\"commitInfo\":{\"operation\":\"WRITE\",\"timestamp\":" + (1_750_000_000_000L + version) + "}}\n"
                        + actions);
        Files.move(draft, log(name(version) + ".json"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void writeCheckpoint() throws IOException, SQLException {
        Path target = log(name(version) + ".checkpoint.parquet");
        long size = Files.size(root.resolve(TinyFiles.name(first)));
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            statement.execute("SET memory_limit = '2GB'");
            statement.execute("""
                    COPY (
                      SELECT NULL::STRUCT("minReaderVersion" INT, "minWriterVersion" INT) AS protocol,
                        NULL::STRUCT(id VARCHAR, format STRUCT(provider VARCHAR, options MAP(VARCHAR, VARCHAR)),
                          "schemaString" VARCHAR, "partitionColumns" VARCHAR[], configuration MAP(VARCHAR, VARCHAR),
                          "createdTime" BIGINT) AS "metaData",
                        {'path': 'part-00000-' || md5(i::VARCHAR) || '-c000.parquet',
                         'partitionValues': MAP {}::MAP(VARCHAR, VARCHAR), 'size': %d::BIGINT,
                         'modificationTime': 0::BIGINT, 'dataChange': false, 'stats': replace(replace('%s',
                           '.000Z', printf('.%%03dZ', i %% 1000)), 's0000000000000000', printf('s%%016d', i * 5))} AS "add"
                      FROM range(%d, %d) t(i)
                      UNION ALL SELECT {'minReaderVersion': 1, 'minWriterVersion': 2}, NULL, NULL
                      UNION ALL SELECT NULL, json_transform('%s', '{"id":"VARCHAR","format":{"provider":"VARCHAR",
                        "options":"MAP(VARCHAR,VARCHAR)"},"schemaString":"VARCHAR","partitionColumns":["VARCHAR"],
                        "configuration":"MAP(VARCHAR,VARCHAR)","createdTime":"BIGINT"}'), NULL
                    ) TO '%s' (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 1000000)
                    """.formatted(size, stats(), first, next, METADATA, target));
        }
        Files.writeString(
                log("_last_checkpoint"),
                "{\"version\":" + version + ",\"size\":" + (next - first + 2) + "}",
                StandardCharsets.UTF_8);
    }

    /** As long as they are for six columns; what they say is not looked at. */
    private String stats() {
        String some = "{\"timestamp\":\"2025-06-15T12:00:00.000Z\",\"channel\":\"web\",\"event_type\":\"page_view\","
                + "\"platform\":\"android\",\"event_category\":\"content\",\"session_id\":\"s0000000000000000\"}";
        return "{\"numRecords\":" + rows + ",\"minValues\":" + some + ",\"maxValues\":" + some
                + ",\"nullCount\":{\"timestamp\":0,\"channel\":0,\"event_type\":0,\"platform\":0,"
                + "\"event_category\":0,\"session_id\":0}}";
    }

    private static String name(long version) {
        return String.format("%020d", version);
    }

    private Path log(String name) {
        return root.resolve("_delta_log").resolve(name);
    }

    @Override
    public String toString() {
        return root + ": version " + version + ", " + (next - first) + " live files of " + rows + " rows";
    }
}
