package io.tidemark.ingest.generate;

import java.time.Duration;

/**
 * How large a demo's table may become.
 *
 * @param maxRows beyond it, the files with the oldest events leave the table
 * @param maxAge of the events; older files leave the table
 * @param tidyEvery commits between two rounds of compaction and cleaning
 * @param smallFiles so many small files are made into one
 * @param keepCommits the log always holds at least so many of the newest commits, so that a follower that was away can go on
 * @param logRetention commits younger than this stay in the log, too
 * @param fileRetention removed files stay on disk at least this long, so that a follower that is behind can read them
 * @param checkpointInterval commits between two checkpoints
 */
public record DemoLimits(
        long maxRows,
        Duration maxAge,
        int tidyEvery,
        int smallFiles,
        int keepCommits,
        Duration logRetention,
        Duration fileRetention,
        int checkpointInterval) {

    private static final long DEFAULT_ROWS = 20_000_000;

    public DemoLimits {
        if (maxRows < 1 || tidyEvery < 1 || smallFiles < 2 || keepCommits < 1 || checkpointInterval < 1) {
            throw new IllegalArgumentException("A limit of the demo is too small.");
        }
    }

    /** At most 20 million rows, or twice what it begins with; a week; some minutes of log. */
    static DemoLimits forBackfill(long rows) {
        return new DemoLimits(
                Math.max(DEFAULT_ROWS, 2 * rows),
                Duration.ofDays(8),
                300,
                200,
                600,
                Duration.ofMinutes(2),
                Duration.ofMinutes(10),
                100);
    }
}
