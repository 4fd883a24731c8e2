package io.tidemark.views.maintain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.roaringbitmap.RoaringBitmap;

/**
 * A Delta table that a test writes: data files by DuckDB, the log by hand, so that nothing of it shares code with the reader.
 *
 * <p>Changes are gathered, and become one commit.
 */
final class WrittenTable implements AutoCloseable {
    private static final String Z85 =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
    private static final String FIELDS =
            List.of("ts:timestamp", "channel:string", "type:string", "session:string").stream()
                    .map(field -> field.split(":"))
                    .map(field -> "{\\\"name\\\":\\\"" + field[0] + "\\\",\\\"type\\\":\\\"" + field[1]
                            + "\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}}")
                    .collect(Collectors.joining(","));

    private final Path root;
    private final Connection duckDb;
    /** Rows deleted of each live file. */
    private final Map<String, SortedSet<Integer>> live = new TreeMap<>();

    private final Map<String, Integer> sizes = new TreeMap<>();
    private final List<String> actions = new ArrayList<>();
    private final Set<String> touched = new HashSet<>();
    private long version = -1;
    private int names;

    WrittenTable(Path root) throws IOException, SQLException {
        this.root = root;
        Files.createDirectories(root.resolve("_delta_log"));
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        actions.add("{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,"
                + "\"readerFeatures\":[\"deletionVectors\"],\"writerFeatures\":[\"deletionVectors\"]}}");
        metadata("created");
        commit();
    }

    Path root() {
        return root;
    }

    long version() {
        return version;
    }

    List<String> liveFiles() {
        return List.copyOf(live.keySet());
    }

    List<String> deadFiles() {
        return sizes.keySet().stream().filter(name -> !live.containsKey(name)).toList();
    }

    /** Those among some files that the commit in the making says nothing of: it may do so once of each. */
    List<String> untouched(List<String> files) {
        return files.stream().filter(file -> !touched.contains(file)).toList();
    }

    int rowsLeft(String file) {
        return sizes.get(file) - live.get(file).size();
    }

    int rowsWritten(String file) {
        return sizes.get(file);
    }

    /** The same schema again, with another property. */
    void metadata(String note) {
        if (!touched.add("metaData")) {
            return;
        }
        actions.add("{\"metaData\":{\"id\":\"the-table\",\"format\":{\"provider\":\"parquet\",\"options\":{}},"
                + "\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[" + FIELDS + "]}\","
                + "\"partitionColumns\":[],\"configuration\":{\"note\":\"" + note + "\"},\"createdTime\":0}}");
    }

    /** Writes a new file, and adds it. */
    String write(int rows, long seed) throws SQLException {
        String name = "part-" + names++ + ".parquet";
        String pick = "hash(i * 7919 + " + seed + ")";
        execute("COPY (SELECT"
                + " CASE WHEN i % 13 = 5 THEN NULL ELSE to_timestamp(CAST(" + pick
                + " % 400 AS BIGINT) * 900 - 90000) END AS ts,"
                + " [NULL, '', 'web', 'chat', 'voice'][CAST(1 + " + pick + " % 5 AS BIGINT)] AS channel,"
                + " [NULL, 'view', 'click', 'ünï'][CAST(1 + " + pick + " // 5 % 4 AS BIGINT)] AS type,"
                + " CASE WHEN i % 11 = 3 THEN '' WHEN i % 11 = 4 THEN NULL ELSE 's' || (" + pick
                + " // 20 % 60) END AS session"
                + " FROM range(" + rows + ") t(i)) TO '" + root.resolve(name) + "' (FORMAT parquet)");
        sizes.put(name, rows);
        add(name, new TreeSet<>());
        return name;
    }

    void add(String name, SortedSet<Integer> deleted) {
        live.put(name, deleted);
        action("add", name, ",\"partitionValues\":{},\"size\":" + size(name) + ",\"modificationTime\":0", deleted);
    }

    /** Adds a live file as it is, as a commit that only brings statistics does. */
    void addAgain(String name) {
        add(name, live.get(name));
    }

    void remove(String name) {
        SortedSet<Integer> deleted = live.remove(name);
        action("remove", name, ",\"deletionTimestamp\":0", deleted == null ? new TreeSet<>() : deleted);
    }

    /** Deletes one more row of a file, by a larger deletion vector. */
    void deleteRow(String name, int row) {
        SortedSet<Integer> deleted = new TreeSet<>(live.get(name));
        if (!deleted.add(row)) {
            return;
        }
        remove(name);
        add(name, deleted);
    }

    /** As VACUUM without retention does. */
    void vacuum() throws IOException {
        for (String name : deadFiles()) {
            Files.deleteIfExists(root.resolve(name));
            sizes.remove(name);
        }
    }

    long commit() throws IOException {
        version++;
        actions.add(actions.size() / 2, "{\"commitInfo\":{\"operation\":\"TEST\",\"timestamp\":" + version + "}}");
        Path target = root.resolve("_delta_log").resolve(String.format("%020d.json", version));
        Path draft = root.resolve("draft");
        Files.writeString(draft, String.join("\n", actions) + "\n");
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        actions.clear();
        touched.clear();
        return version;
    }

    /** What DuckDB counts over the live rows. */
    Recount recount() throws SQLException {
        String rows = live.entrySet().stream()
                .map(file -> "SELECT ts, channel, type, session FROM read_parquet('" + root.resolve(file.getKey())
                        + "', file_row_number = true)"
                        + (file.getValue().isEmpty()
                                ? ""
                                : " WHERE file_row_number NOT IN ("
                                        + file.getValue().stream()
                                                .map(String::valueOf)
                                                .collect(Collectors.joining(","))
                                        + ")"))
                .collect(Collectors.joining(" UNION ALL "));
        execute("CREATE OR REPLACE TEMP TABLE r AS "
                + (rows.isEmpty()
                        ? "SELECT NULL::TIMESTAMPTZ AS ts, '' AS channel, '' AS type, '' AS session WHERE false"
                        : rows));
        String hour = "CAST(floor(epoch_us(ts) / 3600000000) AS BIGINT)";
        return new Recount(
                one("SELECT count(*) FROM r"),
                one("SELECT count(*) FROM r WHERE ts IS NULL"),
                groups("SELECT CAST(" + hour + " AS VARCHAR), NULL, count(*) FROM r WHERE ts IS NOT NULL GROUP BY 1"),
                groups("SELECT channel, NULL, count(*) FROM r GROUP BY 1"),
                groups("SELECT type, NULL, count(*) FROM r GROUP BY 1"),
                groups("SELECT channel, type, count(*) FROM r GROUP BY 1, 2"),
                one("SELECT count(DISTINCT session) FROM r WHERE session <> ''"));
    }

    /** Groups by value, or two values, as a list; {@code null} is null, texts have a mark in front. */
    record Recount(
            long rows,
            long noTime,
            Map<List<String>, Long> hourly,
            Map<List<String>, Long> channels,
            Map<List<String>, Long> types,
            Map<List<String>, Long> heatmap,
            long sessions) {}

    static List<String> key(String first, String second) {
        return List.of(first == null ? "null" : "=" + first, second == null ? "null" : "=" + second);
    }

    private Map<List<String>, Long> groups(String sql) throws SQLException {
        Map<List<String>, Long> groups = new LinkedHashMap<>();
        try (Statement statement = duckDb.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                groups.put(key(rows.getString(1), rows.getString(2)), rows.getLong(3));
            }
        }
        return groups;
    }

    private long one(String sql) throws SQLException {
        try (Statement statement = duckDb.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = duckDb.createStatement()) {
            statement.execute(sql);
        }
    }

    private void action(String kind, String name, String more, SortedSet<Integer> deleted) {
        touched.add(name);
        actions.add("{\"" + kind + "\":{\"path\":\"" + name + "\",\"dataChange\":true" + more
                + deletionVector(deleted).map(dv -> ",\"deletionVector\":" + dv).orElse("") + "}}");
    }

    private long size(String name) {
        try {
            return Files.size(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An inline deletion vector, as the protocol describes it. */
    private static Optional<String> deletionVector(SortedSet<Integer> deleted) {
        if (deleted.isEmpty()) {
            return Optional.empty();
        }
        RoaringBitmap bitmap = new RoaringBitmap();
        deleted.forEach(bitmap::add);
        int size = 4 + 8 + 4 + bitmap.serializedSizeInBytes();
        ByteBuffer bytes = ByteBuffer.allocate((size + 3) / 4 * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(1681511377).putLong(1).putInt(0);
        bitmap.serialize(bytes);
        StringBuilder text = new StringBuilder();
        ByteBuffer words = ByteBuffer.wrap(bytes.array()).order(ByteOrder.BIG_ENDIAN);
        while (words.hasRemaining()) {
            long word = words.getInt() & 0xffffffffL;
            for (long divisor = 52_200_625; divisor > 0; divisor /= 85) {
                text.append(Z85.charAt((int) (word / divisor % 85)));
            }
        }
        return Optional.of("{\"storageType\":\"i\",\"pathOrInlineDv\":\"" + text + "\",\"sizeInBytes\":" + size
                + ",\"cardinality\":" + deleted.size() + "}");
    }

    @Override
    public void close() throws SQLException {
        duckDb.close();
    }
}
