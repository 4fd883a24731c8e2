package io.tidemark.process;

import io.delta.standalone.DeltaLog;
import io.delta.standalone.Operation;
import io.delta.standalone.OptimisticTransaction;
import io.delta.standalone.actions.Action;
import io.delta.standalone.actions.AddFile;
import io.tidemark.ingest.generate.Generate;
import io.tidemark.ingest.generate.GenerateOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * A table that another program changes: appends, deletes of whole files, deletes of rows (a file is written again without them),
 * compactions, and files that come back. Delta Standalone commits, DuckDB writes files again.
 */
public final class ChangingTable implements AutoCloseable {
    private static final Instant END = Instant.parse("2026-03-04T12:00:00Z");
    private static final int MOST_FILES = 40;

    private final Path root;
    private final Random random;
    private final Connection duckDb;
    private final List<AddFile> removed = new ArrayList<>();

    public ChangingTable(Path root, long seed) throws SQLException {
        this.root = root;
        this.random = new Random(seed);
        this.duckDb = DriverManager.getConnection("jdbc:duckdb:");
    }

    /** Appends events as one commit. */
    public void append(long rows) throws IOException {
        Generate.run(
                new GenerateOptions(root.toString(), new Configuration(), rows, rows, 0, 72, END, 0, random.nextLong()),
                line -> {},
                () -> false);
    }

    /** Changes the table in one way or another. */
    public void change() throws IOException, SQLException {
        DeltaLog log = DeltaLog.forTable(new Configuration(), root.toString());
        List<AddFile> live = log.snapshot().getAllFiles();
        int what = live.size() > MOST_FILES ? 60 + random.nextInt(30) : random.nextInt(100);
        if (live.size() < 4 || what < 50) {
            append(1 + random.nextInt(300));
        } else if (what < 65) {
            List<AddFile> gone = some(live, 1 + random.nextInt(3));
            removed.addAll(gone);
            commit(log, Operation.Name.DELETE, removes(gone, true));
        } else if (what < 78) {
            AddFile file = live.get(random.nextInt(live.size()));
            List<Action> actions = removes(List.of(file), true);
            actions.add(rewritten(List.of(file), "WHERE hash(session_id, \"timestamp\") % 3 > 0", true));
            commit(log, Operation.Name.DELETE, actions);
        } else if (what < 90) {
            List<AddFile> small = some(live, Math.min(live.size(), 3 + random.nextInt(8)));
            List<Action> actions = removes(small, false);
            actions.add(rewritten(small, "", false));
            commit(log, Operation.Name.MANUAL_UPDATE, actions);
        } else if (!removed.isEmpty()) {
            AddFile back = removed.remove(random.nextInt(removed.size()));
            AddFile again = new AddFile(
                    back.getPath(), Map.of(), back.getSize(), System.currentTimeMillis(), true, null, Map.of());
            commit(log, Operation.Name.WRITE, List.of(again));
        }
    }

    public long newestVersion() {
        return DeltaLog.forTable(new Configuration(), root.toString())
                .snapshot()
                .getVersion();
    }

    private List<AddFile> some(List<AddFile> live, int count) {
        List<AddFile> shuffled = new ArrayList<>(live);
        java.util.Collections.shuffle(shuffled, random);
        return new ArrayList<>(shuffled.subList(0, Math.min(count, shuffled.size())));
    }

    private static List<Action> removes(List<AddFile> files, boolean dataChange) {
        return files.stream()
                .map(file -> file.remove(System.currentTimeMillis(), dataChange))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private AddFile rewritten(List<AddFile> files, String where, boolean dataChange) throws IOException, SQLException {
        String name = "part-" + UUID.randomUUID() + ".parquet";
        String sources = files.stream()
                .map(file -> "'" + root.resolve(file.getPath()) + "'")
                .collect(Collectors.joining(", "));
        try (var statement = duckDb.createStatement()) {
            statement.execute("COPY (SELECT * FROM read_parquet([" + sources + "]) " + where + ") TO '"
                    + root.resolve(name) + "' (FORMAT parquet)");
        }
        return new AddFile(
                name, Map.of(), Files.size(root.resolve(name)), System.currentTimeMillis(), dataChange, null, Map.of());
    }

    private static void commit(DeltaLog log, Operation.Name name, List<? extends Action> actions) {
        OptimisticTransaction transaction = log.startTransaction();
        transaction.commit(actions, new Operation(name), "a-test");
    }

    @Override
    public void close() throws SQLException {
        duckDb.close();
    }
}
