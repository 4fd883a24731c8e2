package io.tidemark.ingest.source;

import java.time.Duration;

/**
 * When a writer commits what it has read.
 *
 * @param rows as soon as it is so many rows; 1 to {@link #MOST_ROWS}
 * @param interval or, with at least one row, when the first of them has waited so long
 */
public record BatchRule(int rows, Duration interval) {
    /** Rows are held in memory until they are written. */
    public static final int MOST_ROWS = 100_000;

    public BatchRule {
        if (rows < 1 || rows > MOST_ROWS) {
            throw new IllegalArgumentException(
                    "--rows-per-commit: " + rows + " is not a number from 1 to " + MOST_ROWS + ".");
        }
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("--flush-interval must be longer than nothing. Example: 10s");
        }
    }
}
