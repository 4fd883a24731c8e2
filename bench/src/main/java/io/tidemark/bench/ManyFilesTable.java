package io.tidemark.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A Delta table of very many tiny files, as a writer leaves it that commits a few rows every second for a fortnight. Written in
 * minutes: data files are copies of a few by DuckDB with other times and sessions, the log is a checkpoint and
 * commits by hand. File numbers count up; live are those from {@code first} to {@code next}.
 */
public final class ManyFilesTable {
    private static final String STATE = "_many_files.properties";
    private static final String SCHEMA = Stream.of(
                    "timestamp:timestamp",
                    "channel:string",
                    "event_type:string",
                    "platform:string",
                    "event_category:string",
                    "session_id:string")
            .map(column -> column.split(":"))
            .map(column ->
                    "{\"name\":\"" + column[0] + "\",\"type\":\"" + column[1] + "\",\"nullable\":true,\"metadata\":{}}")
            .collect(Collectors.joining(",", "{\"type\":\"struct\",\"fields\":[", "]}"));

    private final Path root;
    private final TinyFiles files;
    private final int rows;
    private long version;
    private long first;
    private long next;
    private long committedNanos;
    /** Files that {@link #optimize} made; forgotten when the table is opened again. */
    private List<String> optimized = List.of();

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
    public static ManyFilesTable make(Path root, long count, int rows, int filesPerSession)
            throws IOException, SQLException {
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
        table.writeCommit("{\"commitInfo\":{}}\n");
        table.writeCheckpoint();
        table.save();
        return table;
    }

    public static ManyFilesTable open(Path root) throws IOException, SQLException {
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
    public void append(int commits) throws IOException {
        for (int i = 0; i < commits; i++) {
            version++;
            long size = files.write(next);
            StringBuilder actions = new StringBuilder(256)
                    .append("{\"add\":{\"path\":\"")
                    .append(TinyFiles.name(next))
                    .append("\",\"partitionValues\":{},\"size\":")
                    .append(size)
                    .append(",\"modificationTime\":0,\"dataChange\":true,\"stats\":\"")
                    .append(stats(next).replace("\"", "\\\""))
                    .append("\"}}\n");
            if (version % 4 == 0 && first < next) {
                actions.append("{\"remove\":{\"path\":\"")
                        .append(TinyFiles.name(first++))
                        .append("\",\"dataChange\":true,\"deletionTimestamp\":0}}\n");
            }
            next++;
            writeCommit(actions.toString());
        }
        save();
    }

    /** The newest version. */
    public long version() {
        return version;
    }

    /** When the newest commit was about to be moved into place, in {@link System#nanoTime}. */
    public long committedNanos() {
        return committedNanos;
    }

    /** The live data files. */
    public List<Path> files() {
        return LongStream.range(first, next)
                .mapToObj(i -> root.resolve(TinyFiles.name(i)))
                .toList();
    }

    /** One commit that puts one file in the place of all that are live, as OPTIMIZE does; the rows stay. */
    public void optimize() throws IOException, SQLException {
        version++;
        String merged = "part-optimized-" + version + ".parquet";
        try (DuckDb duck = new DuckDb(1)) {
            List<Path> live = new ArrayList<>(files());
            optimized.forEach(name -> live.add(root.resolve(name)));
            duck.execute("COPY (SELECT * FROM " + DuckDb.files(live) + ") TO '" + root.resolve(merged)
                    + "' (FORMAT parquet)");
        }
        StringBuilder actions = new StringBuilder()
                .append("{\"add\":{\"path\":\"")
                .append(merged)
                .append("\",\"partitionValues\":{},\"size\":")
                .append(Files.size(root.resolve(merged)))
                .append(",\"modificationTime\":0,\"dataChange\":false}}\n");
        LongStream.range(first, next).mapToObj(TinyFiles::name).forEach(name -> removed(actions, name));
        optimized.forEach(name -> removed(actions, name));
        optimized = List.of(merged);
        first = next;
        writeCommit(actions.toString());
        save();
    }

    private static void removed(StringBuilder actions, String name) {
        actions.append("{\"remove\":{\"path\":\"")
                .append(name)
                .append("\",\"dataChange\":false,\"deletionTimestamp\":0}}\n");
    }

    /** As a writer that makes a checkpoint and cleans the log before it. */
    void checkpointAndClean() throws IOException {
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
        committedNanos = System.nanoTime();
        Files.move(draft, log(name(version) + ".json"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** A checkpoint of the newest version; the log before it stays. */
    public void writeCheckpoint() throws IOException {
        try (CheckpointWriter checkpoint = new CheckpointWriter(log(name(version) + ".checkpoint.parquet"))) {
            checkpoint.protocolAndMetadata("many-files", SCHEMA);
            long size = Files.size(root.resolve(TinyFiles.name(first)));
            for (long i = first; i < next; i++) {
                checkpoint.add(TinyFiles.name(i), size, stats(i));
            }
        }
        Files.writeString(log("_last_checkpoint"), "{\"version\":" + version + ",\"size\":" + (next - first + 2) + "}");
    }

    /** As long as they are for six columns; what they say is not looked at, but for the number of rows. */
    private String stats(long number) {
        String some = "{\"timestamp\":\"2025-06-15T12:00:00." + (100 + number % 900)
                + "Z\",\"channel\":\"web\",\"event_type\":\"page_view\",\"platform\":\"android\","
                + "\"event_category\":\"content\",\"session_id\":\""
                + UUID.nameUUIDFromBytes(Long.toString(number).getBytes(StandardCharsets.UTF_8)) + "\"}";
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
