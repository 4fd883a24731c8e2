package io.tidemark.web.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table whose history is rewritten, cut off and begun anew, and what each of its histories held at each version. Data files and
 * checkpoints by DuckDB, commits by hand.
 */
final class ForkedTable implements AutoCloseable {
    private static final String PROTOCOL = "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}";
    private static final String FIELDS = Stream.of(
                    "timestamp:timestamp",
                    "channel:string",
                    "event_type:string",
                    "platform:string",
                    "event_category:string",
                    "session_id:string")
            .map(field -> field.split(":"))
            .map(field -> "{\\\"name\\\":\\\"" + field[0] + "\\\",\\\"type\\\":\\\"" + field[1]
                    + "\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}}")
            .collect(Collectors.joining(","));

    private final Path root;
    private final Random random;
    private final Connection duckDb;
    /** Each with what was live after each version: the rows by file. The last is the one that is there. */
    private final List<NavigableMap<Long, Map<String, List<EventRow>>>> histories = new ArrayList<>();

    private String id;
    private int names;

    ForkedTable(Path root, Random random) throws IOException, SQLException {
        this.root = root;
        this.random = random;
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Files.createDirectories(log());
        begin();
        create(log());
    }

    Path root() {
        return root;
    }

    long version() {
        return now().lastKey();
    }

    /** What each history held at each version: lists of rows. */
    List<Map<Long, List<EventRow>>> histories() {
        return histories.stream()
                .map(history -> history.entrySet().stream()
                        .collect(Collectors.<Map.Entry<Long, Map<String, List<EventRow>>>, Long, List<EventRow>>toMap(
                                Map.Entry::getKey, entry -> rows(entry.getValue()))))
                .toList();
    }

    List<EventRow> rows() {
        return rows(live());
    }

    /** Some rows more, some files less, as one commit. */
    void commit() throws IOException, SQLException {
        commit(log());
    }

    /** Commits that nobody sees, then a checkpoint and what follows it: the versions between were cleaned up. */
    void commitBehindAGap() throws IOException, SQLException {
        long seen = version();
        Path hidden = Files.createTempDirectory(root.getParent(), "hidden");
        for (int i = 0; i < 4; i++) {
            commit(hidden);
        }
        Path checkpoint = checkpoint(hidden);
        long bridged = version();
        commit(hidden);
        // The newest first, so that nothing before it can be taken for the next.
        Files.move(hidden.resolve(name(bridged + 1)), log().resolve(name(bridged + 1)));
        Files.move(hidden.resolve(name(bridged)), log().resolve(name(bridged)));
        Files.move(checkpoint, log().resolve(checkpoint.getFileName()));
        for (long version = 0; version <= seen; version++) {
            Files.deleteIfExists(log().resolve(name(version)));
        }
    }

    /** Other commits from a version on; the last versions go, and others take their numbers. */
    void rewriteSince(long version, int commits) throws IOException, SQLException {
        fork(version);
        Path hidden = Files.createTempDirectory(root.getParent(), "hidden");
        for (int i = 0; i < commits; i++) {
            commit(hidden);
        }
        for (long v = version + 1; v <= version(); v++) {
            Files.move(hidden.resolve(name(v)), log().resolve(name(v)), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    void rollBack(int commits) throws IOException {
        long last = version();
        fork(last - commits);
        for (long v = last; v > version(); v--) {
            Files.delete(log().resolve(name(v)));
        }
    }

    /** Dropped, and made anew with so many commits at once. */
    void recreate(int commits) throws IOException, SQLException {
        Path anew = Files.createTempDirectory(root.getParent(), "anew");
        begin();
        create(anew);
        for (int i = 0; i < commits; i++) {
            commit(anew);
        }
        putInPlace(anew);
    }

    /** An older copy of the log comes back; data files are there still. */
    void restoreCopyOf(long version) throws IOException {
        Path copy = Files.createTempDirectory(root.getParent(), "copy");
        try (Stream<Path> files = Files.list(log())) {
            for (Path file : files.toList()) {
                if (Long.parseLong(file.getFileName().toString().substring(0, 20)) <= version) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
        }
        fork(version);
        putInPlace(copy);
    }

    /** RESTORE: the files of an older version again, as a commit. */
    void restore(long version) throws IOException {
        Map<String, List<EventRow>> then = now().get(version);
        List<String> actions = new ArrayList<>();
        live().keySet().stream().filter(file -> !then.containsKey(file)).forEach(file -> actions.add(remove(file)));
        then.keySet().stream().filter(file -> !live().containsKey(file)).forEach(file -> actions.add(add(file)));
        publish(log(), actions, new TreeMap<>(then));
    }

    /** CREATE OR REPLACE: another table, in the same log. */
    void replace() throws IOException, SQLException {
        List<String> actions = new ArrayList<>();
        live().keySet().forEach(file -> actions.add(remove(file)));
        id = "table-" + names++;
        actions.add(metadata());
        Map<String, List<EventRow>> after = new TreeMap<>();
        actions.add(write(after));
        publish(log(), actions, after);
    }

    private void begin() {
        histories.add(new TreeMap<>());
        id = "table-" + names++;
    }

    private void create(Path log) throws IOException {
        publish(log, List.of(PROTOCOL, metadata()), new TreeMap<>());
    }

    /** The history goes on from a version as another one. */
    private void fork(long version) {
        histories.add(new TreeMap<>(now().headMap(version, true)));
    }

    private void commit(Path log) throws IOException, SQLException {
        Map<String, List<EventRow>> after = new TreeMap<>(live());
        List<String> actions = new ArrayList<>();
        for (String file : live().keySet()) {
            if (random.nextInt(5) == 0) {
                actions.add(remove(file));
                after.remove(file);
            }
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            actions.add(write(after));
        }
        publish(log, actions, after);
    }

    private void publish(Path log, List<String> actions, Map<String, List<EventRow>> after) throws IOException {
        long version = now().isEmpty() ? 0 : version() + 1;
        Path draft = Files.createTempFile(root.getParent(), "commit", ".json");
        Files.writeString(
                draft,
                "{\"commitInfo\":{\"timestamp\":" + System.currentTimeMillis() + ",\"operation\":\"TEST\"}}\n"
                        + String.join("\n", actions) + "\n");
        // Before the commit can be seen.
        now().put(version, after);
        Files.move(draft, log.resolve(name(version)), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path checkpoint(Path folder) throws IOException, SQLException {
        List<String> actions = new ArrayList<>(List.of(PROTOCOL, metadata()));
        live().keySet().forEach(file -> actions.add(add(file)));
        Path text = Files.writeString(folder.resolve("actions"), String.join("\n", actions));
        Path target = folder.resolve(String.format("%020d.checkpoint.parquet", version()));
        execute("COPY (SELECT * FROM read_json('" + text + "', format = 'newline_delimited', columns = {"
                + "protocol: 'STRUCT(minReaderVersion INTEGER, minWriterVersion INTEGER)',"
                + " metaData: 'STRUCT(id VARCHAR, format STRUCT(provider VARCHAR, options MAP(VARCHAR, VARCHAR)),"
                + " schemaString VARCHAR, partitionColumns VARCHAR[], configuration MAP(VARCHAR, VARCHAR),"
                + " createdTime BIGINT)',"
                + " add: 'STRUCT(path VARCHAR, partitionValues MAP(VARCHAR, VARCHAR), size BIGINT,"
                + " modificationTime BIGINT, dataChange BOOLEAN)'})) TO '" + target + "' (FORMAT parquet)");
        return target;
    }

    /** The log that is there goes as a recursive delete does it, oldest commit first; the other comes at once. */
    private void putInPlace(Path other) throws IOException {
        try (Stream<Path> files = Files.list(log())) {
            for (Path file : files.sorted().toList()) {
                Files.delete(file);
            }
        }
        Files.delete(log());
        Files.move(other, log(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** @return the action that adds the new file */
    private String write(Map<String, List<EventRow>> to) throws SQLException {
        List<EventRow> rows = Stream.generate(() -> EventRow.random(random))
                .limit(1 + random.nextInt(6))
                .toList();
        String file = "part-" + names++ + ".parquet";
        // Cast, since a column of nulls alone would be of another type.
        execute("COPY (SELECT timestamp, channel::VARCHAR AS channel, event_type::VARCHAR AS event_type,"
                + " platform::VARCHAR AS platform, event_category::VARCHAR AS event_category,"
                + " session_id::VARCHAR AS session_id FROM (VALUES "
                + rows.stream().map(EventRow::sql).collect(Collectors.joining(", "))
                + ") t(timestamp, channel, event_type, platform, event_category, session_id)) TO '"
                + root.resolve(file) + "' (FORMAT parquet)");
        to.put(file, rows);
        return add(file);
    }

    private String add(String file) {
        return "{\"add\":{\"path\":\"" + file + "\",\"partitionValues\":{},\"size\":"
                + root.resolve(file).toFile().length() + ",\"modificationTime\":0,\"dataChange\":true}}";
    }

    private static String remove(String file) {
        return "{\"remove\":{\"path\":\"" + file + "\",\"dataChange\":true,\"deletionTimestamp\":0}}";
    }

    private String metadata() {
        return "{\"metaData\":{\"id\":\"" + id + "\",\"format\":{\"provider\":\"parquet\",\"options\":{}},"
                + "\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[" + FIELDS + "]}\","
                + "\"partitionColumns\":[],\"configuration\":{},\"createdTime\":0}}";
    }

    private NavigableMap<Long, Map<String, List<EventRow>>> now() {
        return histories.get(histories.size() - 1);
    }

    private Map<String, List<EventRow>> live() {
        return now().isEmpty() ? Map.of() : now().lastEntry().getValue();
    }

    private static List<EventRow> rows(Map<String, List<EventRow>> files) {
        return files.values().stream().flatMap(List::stream).toList();
    }

    private Path log() {
        return root.resolve("_delta_log");
    }

    private static String name(long version) {
        return String.format("%020d.json", version);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = duckDb.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        duckDb.close();
    }
}
