package io.tidemark.ingest.generate;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;

/**
 * What to generate, and where.
 *
 * @param table path or URI of the table; made if it is not there
 * @param conf knows the table's file system, and the credentials for it
 * @param rows how many events
 * @param rowsPerCommit rows of each commit, which is one file; 0: chosen by rows and rate
 * @param rate events a second; 0: as fast as possible
 * @param hours of event time up to {@code end}
 * @param end of event time, exclusive
 * @param sessions how many sessions; 0: a twelfth of the rows
 * @param seed same seed, rows, hours, sessions and end: same rows
 */
public record GenerateOptions(
        String table,
        Configuration conf,
        long rows,
        long rowsPerCommit,
        double rate,
        double hours,
        Instant end,
        long sessions,
        long seed) {

    public static final long DEFAULT_ROWS = 1_000_000;
    public static final double DEFAULT_HOURS = 168;
    public static final long DEFAULT_SEED = 1;

    private static final long BULK_ROWS_PER_COMMIT = 1_000_000;
    private static final long MOST_ROWS_PER_COMMIT = 50_000_000;
    private static final double MOST_HOURS = 24 * 366 * 100;

    /** @throws IllegalArgumentException naming the option that is out of its range */
    public GenerateOptions {
        Objects.requireNonNull(conf, "conf");
        Objects.requireNonNull(end, "end");
        if (table == null || table.isBlank()) {
            throw new IllegalArgumentException("--table is not set. Example: --table /data/events");
        }
        require(rows >= 1, "--rows must be at least 1, not " + rows + ".");
        require(
                rowsPerCommit >= 0 && rowsPerCommit <= MOST_ROWS_PER_COMMIT,
                "--rows-per-commit must be from 1 to " + MOST_ROWS_PER_COMMIT + ", not " + rowsPerCommit + ".");
        require(
                rate >= 0 && rate <= 1e9,
                "--rate must be from 0 (as fast as possible) to 1000000000, not " + rate + ".");
        require(
                hours > 0 && hours <= MOST_HOURS,
                "--hours must be above 0 and at most " + (long) MOST_HOURS + ", not " + hours + ".");
        require(
                sessions >= 0 && sessions <= rows,
                "--sessions must be from 1 to the number of rows, not " + sessions + ".");
        if (rowsPerCommit == 0) {
            rowsPerCommit = rate == 0 ? BULK_ROWS_PER_COMMIT : Math.max(1, (long) rate);
        }
        if (sessions == 0) {
            sessions = Math.max(1, rows / 12);
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Begin of event time, inclusive. */
    Instant from() {
        return end.minus(Duration.ofMillis(Math.max(1, (long) (hours * 3_600_000))));
    }
}
