package io.tidemark.ingest.log;

import io.tidemark.ingest.parquet.ParquetLimits;

/**
 * How much of a table's log is taken on before it is refused. Sizes in a log are claims, and the log is anyone's who writes
 * to the table.
 *
 * @param maxCommitBytes largest commit, or other JSON file of the log
 * @param maxLineBytes longest line of one
 * @param maxCommitMemory what the actions of one commit may take once they are parsed, as an estimate from above
 * @param checkpoint what a checkpoint or sidecar may claim
 */
record LogLimits(long maxCommitBytes, int maxLineBytes, long maxCommitMemory, ParquetLimits checkpoint) {

    /** Rows that Delta Kernel makes objects of at once. */
    static final int BATCH_ROWS = 128;

    private static final int MB = 1 << 20;

    /** By the heap: whatever is read at once takes a quarter of it at most. */
    static LogLimits standard() {
        return of(Runtime.getRuntime().maxMemory());
    }

    static LogLimits of(long heap) {
        long quarter = heap / 4;
        return new LogLimits(
                Math.min(256L * MB, heap / 8),
                (int) Math.min(32L * MB, heap / 32),
                quarter,
                new ParquetLimits(
                        (int) Math.min(16L * MB, heap / 128),
                        20_000,
                        40,
                        200_000,
                        (int) Math.min(128L * MB, heap / 8),
                        Math.min(512L * MB, quarter),
                        (int) Math.min(32L * MB, quarter / BATCH_ROWS),
                        10,
                        1_000_000));
    }
}
