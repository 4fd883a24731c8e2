package io.tidemark.ingest.generate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * The table behind {@code demo}.
 *
 * @param dir where it is; made if it is not there; belongs to one demo at a time
 * @param rate events a second, from now on
 * @param backfill events of the past, written once, when the table is made; 0: none
 * @param commitInterval time from one commit to the next
 * @param limits how large the table, its log and its rubbish may become
 * @param seed of the values of the past
 */
public record DemoOptions(Path dir, double rate, long backfill, Duration commitInterval, DemoLimits limits, long seed) {

    public static final double DEFAULT_RATE = 10;
    public static final long DEFAULT_BACKFILL = 800_000;

    private static final double MOST_RATE = 100_000;
    private static final long MOST_BACKFILL = 1_000_000_000;

    /** @throws IllegalArgumentException naming the option that is out of its range */
    public DemoOptions {
        Objects.requireNonNull(dir, "dir");
        Objects.requireNonNull(limits, "limits");
        if (!(rate > 0 && rate <= MOST_RATE)) {
            throw new IllegalArgumentException(
                    "--rate must be above 0 and at most " + (long) MOST_RATE + ", not " + rate + ".");
        }
        if (backfill < 0 || backfill > MOST_BACKFILL) {
            throw new IllegalArgumentException(
                    "--backfill must be from 0 to " + MOST_BACKFILL + ", not " + backfill + ".");
        }
        if (commitInterval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "The commit interval must be at least a millisecond, not " + commitInterval + ".");
        }
    }

    /** A commit each 200 ms, and limits under which it may run for days. */
    public static DemoOptions of(Path dir, double rate, long backfill) {
        return new DemoOptions(dir, rate, backfill, Duration.ofMillis(200), DemoLimits.forBackfill(backfill), 1);
    }
}
