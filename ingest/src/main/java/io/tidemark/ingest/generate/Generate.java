package io.tidemark.ingest.generate;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The command {@code generate}: a known number of events, as commits of one file each. */
public final class Generate {
    private static final int BATCH = 4096;
    private static final long REPORT_NANOS = 2_000_000_000L;

    private Generate() {}

    /**
     * What was written.
     *
     * @param lastVersion version of the last commit; -1 if there was none
     */
    public record Result(long rows, long commits, long bytes, long lastVersion) {}

    /**
     * Runs to the end, or until told to stop; then all that is committed stays, and nothing is half committed.
     *
     * @param console lines for the user
     * @param stop asked between batches
     * @throws IllegalArgumentException if the table cannot be written to; the message is one line for the user
     */
    public static Result run(GenerateOptions options, Consumer<String> console, BooleanSupplier stop)
            throws IOException {
        EventTable table = EventTable.open(options.conf(), options.table(), Map.of());
        EventStream events =
                new EventStream(options.seed(), options.rows(), options.sessions(), options.from(), options.end());
        EventBatch batch = new EventBatch((int) Math.min(BATCH, options.rowsPerCommit()));
        Waiting waiting = new Waiting(stop);
        long started = System.nanoTime();
        long reported = started;
        Result done = new Result(0, 0, 0, -1);
        while (events.remaining() > 0 && waiting.until(due(options, started, done.rows(), events.remaining()))) {
            WrittenFile file;
            try (EventFileWriter writer = table.newFile()) {
                while (writer.rows() < options.rowsPerCommit() && events.remaining() > 0) {
                    events.fill(batch, options.rowsPerCommit() - writer.rows());
                    writer.write(batch);
                    if (stop.getAsBoolean()) {
                        break;
                    }
                }
                file = writer.finish();
            }
            long version = table.append(List.of(file));
            done = new Result(done.rows() + file.rows(), done.commits() + 1, done.bytes() + file.bytes(), version);
            if (System.nanoTime() - reported > REPORT_NANOS) {
                reported = System.nanoTime();
                console.accept(line(options, done, reported - started));
            }
        }
        console.accept(line(options, done, System.nanoTime() - started));
        return done;
    }

    /** When the next commit has its turn: measured from the start, so that a slow moment is made up for. */
    private static long due(GenerateOptions options, long started, long doneRows, long remaining) {
        if (options.rate() == 0) {
            return System.nanoTime();
        }
        double rows = doneRows + Math.min(remaining, options.rowsPerCommit());
        return started + (long) (rows / options.rate() * 1e9);
    }

    private static String line(GenerateOptions options, Result done, long nanos) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d rows in %,d commits, %,d MB, %,.0f rows/s, version %d",
                done.rows(),
                options.rows(),
                done.commits(),
                done.bytes() / 1_000_000,
                done.rows() / Math.max(1e-3, nanos / 1e9),
                done.lastVersion());
    }
}
