package io.tidemark.views.maintain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A Delta table that a test writes: data files by DuckDB, the log by hand, so that nothing of it shares code with the reader.
 *
 * <p>Changes are gathered, and become one commit.
 */
public final class WrittenTable implements AutoCloseable {
    static final String[] COLUMNS = {"ts:timestamp", "channel:string", "type:string", "session:string"};

    private static final String PROTOCOL = "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,"
            + "\"readerFeatures\":[\"deletionVectors\",\"columnMapping\",\"v2Checkpoint\"],"
            + "\"writerFeatures\":[\"deletionVectors\",\"columnMapping\",\"v2Checkpoint\"]}}";

    private static final int MOST_UNDONE = 40;

    private Path root;
    private final Connection duckDb;
    /** Rows deleted of each live file. */
    private final Map<String, SortedSet<Integer>> live = new TreeMap<>();
    /** What was after each of the last versions. */
    private final NavigableMap<Long, State> history = new TreeMap<>();

    private final Map<String, Integer> sizes = new TreeMap<>();
    private final List<String> actions = new ArrayList<>();
    private final Set<String> touched = new HashSet<>();
    private long version = -1;
    private int names;
    private String id;
    private List<String> columns = List.of(COLUMNS);
    private String metadata;

    private record State(Map<String, SortedSet<Integer>> live, String id, List<String> columns, String metadata) {}

    public WrittenTable(Path root) throws IOException, SQLException {
        this(root, "the-table");
    }

    WrittenTable(Path root, String id) throws IOException, SQLException {
        this.root = root;
        this.id = id;
        Files.createDirectories(root.resolve("_delta_log"));
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        actions.add(PROTOCOL);
        metadata("created");
        commit();
    }

    public Path root() {
        return root;
    }

    /** The same table, after its folder was moved. */
    WrittenTable movedTo(Path place) {
        root = place;
        return this;
    }

    public long version() {
        return version;
    }

    public List<String> liveFiles() {
        return List.copyOf(live.keySet());
    }

    List<String> deadFiles() {
        return sizes.keySet().stream().filter(name -> !live.containsKey(name)).toList();
    }

    /** Those among some files that the commit in the making says nothing of: it may do so once of each. */
    public List<String> untouched(List<String> files) {
        return files.stream().filter(file -> !touched.contains(file)).toList();
    }

    int rowsLeft(String file) {
        return sizes.get(file) - live.get(file).size();
    }

    public int rowsWritten(String file) {
        return sizes.get(file);
    }

    void id(String newId) {
        id = newId;
        metadata("another id");
    }

    /** As CREATE OR REPLACE does: another table under the same path, in the same log. */
    public void replace(String newId) {
        id = newId;
        liveFiles().forEach(this::remove);
        metadata("replaced");
    }

    /**
     * Other columns, each {@code name:type}, or {@code name:type:physical} where the table maps columns by name; files that
     * are written from now on have these.
     */
    public void columns(String... other) {
        columns = List.of(other);
        metadata("other columns");
    }

    /** An action as it stands. */
    void action(String json) {
        actions.add(json);
    }

    /** The gathered actions in the opposite order. */
    public void turnAround() {
        Collections.reverse(actions);
    }

    /** All live rows in one new file instead of many, as OPTIMIZE does. */
    public void compact() throws SQLException {
        String sources = live.keySet().stream()
                .map(file -> "'" + root.resolve(file) + "'")
                .collect(Collectors.joining(","));
        String name = "part-" + names++ + ".parquet";
        execute("COPY (SELECT * FROM read_parquet([" + sources + "])) TO '" + root.resolve(name)
                + "' (FORMAT parquet)");
        int rows = liveFiles().stream().mapToInt(this::rowsWritten).sum();
        liveFiles().forEach(this::remove);
        sizes.put(name, rows);
        add(name, new TreeSet<>());
        actions.replaceAll(action -> action.replace("\"dataChange\":true", "\"dataChange\":false"));
    }

    /** Forgets the actions that were gathered for a commit. */
    void forget() {
        actions.clear();
        touched.clear();
    }

    /** The same schema again, with another property. */
    public void metadata(String note) {
        if (!touched.add("metaData")) {
            return;
        }
        boolean mapped = columns.stream().anyMatch(column -> column.split(":").length > 2);
        String fields = columns.stream()
                .map(column -> column.split(":"))
                .map(column -> "{\\\"name\\\":\\\"" + column[0] + "\\\",\\\"type\\\":\\\"" + column[1]
                        + "\\\",\\\"nullable\\\":true,\\\"metadata\\\":{" + (mapped ? mapping(column) : "") + "}}")
                .collect(Collectors.joining(","));
        metadata = "{\"metaData\":{\"id\":\"" + id + "\",\"format\":{\"provider\":\"parquet\",\"options\":{}},"
                + "\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[" + fields + "]}\","
                + "\"partitionColumns\":[],\"configuration\":{"
                + (mapped ? "\"delta.columnMapping.mode\":\"name\"," : "") + "\"note\":\"" + note
                + "\"},\"createdTime\":0}}";
        actions.add(metadata);
    }

    private static String mapping(String[] column) {
        return "\\\"delta.columnMapping.id\\\":" + Math.abs(physical(column).hashCode())
                + ",\\\"delta.columnMapping.physicalName\\\":\\\"" + physical(column) + "\\\"";
    }

    private static String physical(String[] column) {
        return column[column.length - 1 - (column.length == 2 ? 1 : 0)];
    }

    /** Writes a new file, and adds it. */
    public String write(int rows, long seed) throws SQLException {
        String name = "part-" + names++ + ".parquet";
        String pick = "hash(i * 7919 + " + seed + ")";
        String values = columns.stream()
                .map(column -> column.split(":"))
                .map(column -> value(physical(column), column[1], pick) + " AS " + physical(column))
                .collect(Collectors.joining(", "));
        execute("COPY (SELECT " + values + " FROM range(" + rows + ") t(i)) TO '" + root.resolve(name)
                + "' (FORMAT parquet)");
        sizes.put(name, rows);
        add(name, new TreeSet<>());
        return name;
    }

    private static String value(String column, String type, String pick) {
        if (!type.equals("string") && !type.equals("timestamp")) {
            return "CAST(" + pick + " % 7 AS " + type + ")";
        }
        return switch (column) {
            case "ts" ->
                "CASE WHEN i % 13 = 5 THEN NULL ELSE to_timestamp(CAST(" + pick
                        + " % 400 AS BIGINT) * 900 - 90000) END";
            case "channel" -> "[NULL, '', 'web', 'chat', 'voice'][CAST(1 + " + pick + " % 5 AS BIGINT)]";
            case "type" -> "[NULL, 'view', 'click', 'ünï'][CAST(1 + " + pick + " // 5 % 4 AS BIGINT)]";
            case "session" ->
                "CASE WHEN i % 11 = 3 THEN '' WHEN i % 11 = 4 THEN NULL ELSE 's' || (" + pick + " // 20 % 60) END";
            default -> "'x' || i";
        };
    }

    void add(String name, SortedSet<Integer> deleted) {
        live.put(name, deleted);
        touched.add(name);
        actions.add(addOf(name, deleted));
    }

    /** Adds a file that the test put there. */
    void add(String name) {
        add(name, new TreeSet<>());
    }

    /** Adds a live file as it is, as a commit that only brings statistics does. */
    public void addAgain(String name) {
        add(name, live.get(name));
    }

    public void remove(String name) {
        SortedSet<Integer> deleted = live.remove(name);
        touched.add(name);
        actions.add(action("remove", name, ",\"deletionTimestamp\":0", deleted == null ? new TreeSet<>() : deleted));
    }

    /** Deletes one more row of a file, by a larger deletion vector. */
    public void deleteRow(String name, int row) {
        SortedSet<Integer> deleted = new TreeSet<>(live.get(name));
        if (!deleted.add(row)) {
            return;
        }
        remove(name);
        add(name, deleted);
    }

    /** As VACUUM without retention does. */
    public void vacuum() throws IOException {
        for (String name : deadFiles()) {
            Files.deleteIfExists(root.resolve(name));
            sizes.remove(name);
        }
    }

    public long commit() throws IOException {
        version++;
        actions.add(actions.size() / 2, "{\"commitInfo\":{\"operation\":\"TEST\",\"timestamp\":" + version + "}}");
        Path target = commitFile(version);
        Path draft = root.resolve("draft");
        Files.writeString(draft, String.join("\n", actions) + "\n");
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        forget();
        history.put(version, new State(new TreeMap<>(live), id, columns, metadata));
        history.headMap(version - MOST_UNDONE).clear();
        return version;
    }

    /** As if what was committed after a version had never been: the next commit has the number after it. */
    public void rollBackTo(long earlier) throws IOException {
        for (long v = version; v > earlier; v--) {
            Files.deleteIfExists(commitFile(v));
        }
        version = earlier;
        history.tailMap(earlier, false).clear();
        State then = history.get(earlier);
        live.clear();
        live.putAll(then.live());
        id = then.id();
        columns = then.columns();
        metadata = then.metadata();
        forget();
    }

    Path commitFile(long of) {
        return root.resolve("_delta_log").resolve(String.format("%020d.json", of));
    }

    /** What a checkpoint of the newest version holds, a line an action. */
    List<String> checkpointActions() {
        List<String> all = new ArrayList<>(List.of(PROTOCOL, metadata));
        live.forEach((name, deleted) -> all.add(addOf(name, deleted)));
        return all;
    }

    /** Writes a checkpoint of the newest version. */
    public void checkpoint() throws IOException, SQLException {
        Checkpoints.write(
                checkpointActions(),
                root.resolve("_delta_log").resolve(String.format("%020d.checkpoint.parquet", version)));
    }

    /** Deletes the commits up to a version, as a log's clean-up does. */
    public void cleanUp(long through) throws IOException {
        for (long v = 0; v <= through; v++) {
            Files.deleteIfExists(commitFile(v));
        }
    }

    /** What DuckDB counts over the live rows. */
    public Recount recount() throws SQLException {
        return Recount.of(duckDb, root, live);
    }

    /** What DuckDB counts over those live rows of one of the last versions that meet a condition. */
    Recount recount(long of, String where) throws SQLException {
        return Recount.of(duckDb, root, history.get(of).live(), where);
    }

    /** The same rows, one by one: {@link Recount#newestFirst}. */
    List<List<String>> newestFirst(long of, String where) throws SQLException {
        return Recount.newestFirst(duckDb, root, history.get(of).live(), where);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = duckDb.createStatement()) {
            statement.execute(sql);
        }
    }

    private String addOf(String name, SortedSet<Integer> deleted) {
        return action(
                "add", name, ",\"partitionValues\":{},\"size\":" + size(name) + ",\"modificationTime\":0", deleted);
    }

    private static String action(String kind, String name, String more, SortedSet<Integer> deleted) {
        return "{\"" + kind + "\":{\"path\":\"" + name + "\",\"dataChange\":true" + more
                + InlineDeletions.descriptor(deleted)
                        .map(dv -> ",\"deletionVector\":" + dv)
                        .orElse("")
                + "}}";
    }

    private long size(String name) {
        try {
            return Files.size(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        duckDb.close();
    }
}
