package io.tidemark.ingest.generate;

import io.delta.standalone.DeltaLog;
import io.delta.standalone.Operation;
import io.delta.standalone.OptimisticTransaction;
import io.delta.standalone.Snapshot;
import io.delta.standalone.actions.Action;
import io.delta.standalone.actions.Metadata;
import io.delta.standalone.actions.SetTransaction;
import io.delta.standalone.exceptions.DeltaConcurrentModificationException;
import io.delta.standalone.types.StructField;
import io.delta.standalone.types.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A Delta table of events, written through Delta Standalone's optimistic transactions. One thread commits at a time.
 *
 * <p>Also the means by which tests write to a table in the way that another program would.
 */
final class EventTable {
    static final String ENGINE = "Tidemark";

    /** Each attempt starts from the newest version: to lose this often, somebody must change the schema without end. */
    private static final int MOST_ATTEMPTS = 20;

    private final Configuration conf;
    private final Path root;
    private final DeltaLog log;
    private final Map<String, String> properties;

    private EventTable(Configuration conf, Path root, DeltaLog log, Map<String, String> properties) {
        this.conf = conf;
        this.root = root;
        this.log = log;
        this.properties = properties;
    }

    /**
     * Opens a table to write to; the first commit makes it if there is none.
     *
     * @param location a path or URI that {@code conf} knows a file system for
     * @param properties table properties, for a table that is made
     * @throws IllegalArgumentException if there is a table that cannot be written to
     */
    static EventTable open(Configuration conf, String location, Map<String, String> properties) throws IOException {
        Path path = new Path(location);
        Path root = path.getFileSystem(conf).makeQualified(path);
        DeltaLog log;
        try {
            log = DeltaLog.forTable(LocalLogStore.chosenIn(conf), root);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "Cannot write to the table " + location + ": " + firstLine(e)
                            + " Delta Standalone writes tables of reader version 1 and writer version 2; choose another --table.",
                    e);
        }
        EventTable table = new EventTable(conf, root, log, properties);
        if (log.tableExists()) {
            table.checkColumns(location, log.snapshot().getMetadata());
        }
        return table;
    }

    private void checkColumns(String location, Metadata metadata) {
        if (!metadata.getPartitionColumns().isEmpty()) {
            throw new IllegalArgumentException(
                    "The table " + location + " is partitioned by " + String.join(", ", metadata.getPartitionColumns())
                            + "; events are written unpartitioned. Choose another --table.");
        }
        StructType schema = metadata.getSchema();
        for (StructField wanted : EventColumn.tableSchema().getFields()) {
            StructField found = Arrays.stream(schema.getFields())
                    .filter(field -> field.getName().equalsIgnoreCase(wanted.getName()))
                    .findFirst()
                    .orElse(null);
            if (found == null || !found.getDataType().equals(wanted.getDataType())) {
                throw new IllegalArgumentException("The table " + location + " has other columns: "
                        + wanted.getName() + " is "
                        + (found == null ? "missing" : found.getDataType().getTypeName())
                        + ", and events need " + wanted.getDataType().getTypeName() + ". Choose another --table.");
            }
        }
    }

    EventFileWriter newFile() throws IOException {
        return new EventFileWriter(root, conf);
    }

    Path root() {
        return root;
    }

    Configuration conf() {
        return conf;
    }

    /** Properties of the table, as it is now. */
    Map<String, String> properties() {
        return log.snapshot().getMetadata().getConfiguration();
    }

    boolean exists() {
        return log.tableExists();
    }

    /** The newest version, asked for now. */
    Snapshot newest() {
        return log.update();
    }

    /**
     * Appends files as one commit, and makes the table first if there is none. Tried again if another writer is in the way.
     *
     * @return the version
     */
    long append(List<WrittenFile> files) {
        return append(files, Map.of());
    }

    /**
     * The same, together with how far sources have been read: both become true, or neither.
     *
     * @param sources names of the sources that the rows are from
     * @throws SourceTakenException if the table is not where a source says it was: somebody else writes from it, too
     */
    long append(List<WrittenFile> files, Map<String, Advance> sources) {
        long rows = files.stream().mapToLong(WrittenFile::rows).sum();
        long bytes = files.stream().mapToLong(WrittenFile::bytes).sum();
        Map<String, String> metrics = Map.of(
                Operation.Metrics.numFiles, Integer.toString(files.size()),
                Operation.Metrics.numOutputRows, Long.toString(rows),
                Operation.Metrics.numOutputBytes, Long.toString(bytes));
        Operation write =
                new Operation(Operation.Name.WRITE, Map.of("mode", "\"Append\"", "partitionBy", "\"[]\""), metrics);
        long now = System.currentTimeMillis();
        List<Action> adds = new ArrayList<>();
        sources.forEach((source, advance) -> adds.add(new SetTransaction(source, advance.to(), Optional.of(now))));
        files.forEach(file -> adds.add(file.add(now, true)));
        return commit(adds, write, sources);
    }

    /** How far the table has a source's events, exclusive; {@link Advance#NOTHING} if it has none. Asks the store. */
    long position(String source) {
        return log.startTransaction().txnVersion(source);
    }

    /** Commits actions that depend on nothing that another writer may change meanwhile. */
    long commit(List<? extends Action> actions, Operation operation) {
        return commit(actions, operation, Map.of());
    }

    private long commit(List<? extends Action> actions, Operation operation, Map<String, Advance> sources) {
        for (int attempt = 1; ; attempt++) {
            OptimisticTransaction transaction = log.startTransaction();
            sources.forEach((source, advance) -> advance.check(source, transaction.txnVersion(source)));
            List<Action> all = new ArrayList<>();
            if (transaction.readVersion() < 0) {
                all.add(Metadata.builder()
                        .schema(EventColumn.tableSchema())
                        .configuration(properties)
                        .createdTime(System.currentTimeMillis())
                        .build());
            }
            all.addAll(actions);
            try {
                return transaction.commit(all, operation, ENGINE).getVersion();
            } catch (DeltaConcurrentModificationException e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static String firstLine(Throwable e) {
        String message = e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getMessage().strip();
        String line = message.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line : line + ".";
    }
}
