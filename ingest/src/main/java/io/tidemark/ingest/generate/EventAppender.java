package io.tidemark.ingest.generate;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Appends batches of events from elsewhere to a table, each exactly once. Not thread-safe. */
public final class EventAppender {
    /**
     * A writer of tiny commits, for months: a checkpoint each ten of them would be most of its work, and a log of a month
     * would make every listing of it slow.
     */
    private static final Map<String, String> PROPERTIES = Map.of(
            "delta.checkpointInterval", "100",
            "delta.logRetentionDuration", "interval 1 days");

    private final EventTable table;

    private EventAppender(EventTable table) {
        this.table = table;
    }

    /**
     * Opens a table; the first batch makes it if there is none.
     *
     * @param location a path or URI that {@code conf} knows a file system for. On an object store one process at a time may
     *     write to it: Delta Standalone looks whether a version is free before it takes it
     * @throws IllegalArgumentException if there is a table that cannot be written to; the message is for users
     */
    public static EventAppender open(Configuration conf, String location) throws IOException {
        return new EventAppender(EventTable.open(conf, location, PROPERTIES));
    }

    /** How far the table has a source's events, exclusive; {@link Advance#NOTHING} if it has none. Asks the store. */
    public long position(String source) {
        return table.position(source);
    }

    /**
     * Appends the rows as one file and one commit that also says how far their sources have been read.
     *
     * @param batch at least one row
     * @return the version
     * @throws SourceTakenException if the table is not where a source says it was
     */
    public long append(EventBatch batch, Map<String, Advance> sources) throws IOException {
        try (EventFileWriter file = table.newFile()) {
            file.write(batch);
            return table.append(List.of(file.finish()), sources);
        }
    }
}
