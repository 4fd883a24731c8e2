package io.tidemark.views.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A Delta table whose writer is free to do odd things: data files by DuckDB, the log by hand. */
final class OddTable implements AutoCloseable {
    static final String[] COLUMNS = {"ts:timestamp", "channel:string", "session:string"};

    private final Path root;
    private final Connection duckDb;
    private final List<String> actions = new ArrayList<>();
    private String operation = "WRITE";
    private boolean dataChange = true;
    private long version = -1;
    private int names;

    OddTable(Path root) throws IOException, SQLException {
        this.root = root;
        Files.createDirectories(root.resolve("_delta_log"));
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        create("the-table");
    }

    Path root() {
        return root;
    }

    long version() {
        return version;
    }

    void create(String id) throws IOException {
        actions.add("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}");
        metadata(id, COLUMNS);
        commit();
    }

    /** @param columns {@code name:type} */
    OddTable metadata(String id, String... columns) {
        String fields = Arrays.stream(columns)
                .map(column -> column.split(":"))
                .map(column -> "{\\\"name\\\":\\\"" + column[0] + "\\\",\\\"type\\\":\\\"" + column[1]
                        + "\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}}")
                .collect(Collectors.joining(","));
        actions.add("{\"metaData\":{\"id\":\"" + id + "\",\"format\":{\"provider\":\"parquet\",\"options\":{}},"
                + "\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[" + fields
                + "]}\",\"partitionColumns\":[],\"configuration\":{},\"createdTime\":0}}");
        return this;
    }

    /** The commit in the making claims to only rearrange rows. */
    OddTable rearranging(String name) {
        operation = name;
        dataChange = false;
        return this;
    }

    /** Writes a file; rows as DuckDB's VALUES: ts, channel, session. */
    String file(String rows) throws SQLException {
        return fileOf("SELECT CAST(ts AS TIMESTAMPTZ) AS ts, channel, session FROM (VALUES " + rows
                + ") t(ts, channel, session)");
    }

    String fileOf(String select) throws SQLException {
        String name = "part-" + names++ + ".parquet";
        try (var statement = duckDb.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("COPY (" + select + ") TO '" + root.resolve(name) + "' (FORMAT parquet)");
        }
        return name;
    }

    OddTable add(String name) throws IOException {
        return add(name, "");
    }

    OddTable addStating(String name, long rows) throws IOException {
        return add(name, ",\"stats\":\"{\\\"numRecords\\\":" + rows + "}\"");
    }

    private OddTable add(String name, String more) throws IOException {
        actions.add(
                "{\"add\":{\"path\":\"" + name + "\",\"partitionValues\":{},\"size\":" + Files.size(root.resolve(name))
                        + ",\"modificationTime\":0,\"dataChange\":" + dataChange + more + "}}");
        return this;
    }

    OddTable remove(String name) {
        actions.add(
                "{\"remove\":{\"path\":\"" + name + "\",\"deletionTimestamp\":0,\"dataChange\":" + dataChange + "}}");
        return this;
    }

    long commit() throws IOException {
        return commit(Instant.now());
    }

    long commit(Instant at) throws IOException {
        version++;
        actions.add(
                0,
                "{\"commitInfo\":{\"operation\":\"" + operation + "\",\"inCommitTimestamp\":" + at.toEpochMilli()
                        + "}}");
        actions.add("{\"txn\":{\"appId\":\"odd\",\"version\":" + version + "}}");
        Path draft = root.resolve("draft");
        Files.writeString(draft, String.join("\n", actions) + "\n");
        Files.move(draft, log(version), StandardCopyOption.ATOMIC_MOVE);
        actions.clear();
        operation = "WRITE";
        dataChange = true;
        return version;
    }

    /** Drops the table, and makes another one at its place. */
    void recreate() throws IOException {
        for (; version >= 0; version--) {
            Files.delete(log(version));
        }
        create("another-table");
    }

    private Path log(long of) {
        return root.resolve("_delta_log").resolve(String.format("%020d.json", of));
    }

    @Override
    public void close() throws SQLException {
        duckDb.close();
    }
}
