package io.tidemark.ingest.tail;

import java.time.Duration;
import java.util.Objects;

/**
 * How a table is followed.
 *
 * @param pollInterval pause after the log had nothing new; a file watch or a notification may cut it short
 * @param gapSettle how long a missing version may take to turn up before the views are brought to a later snapshot
 * @param gapCheckEvery how often an idle tailer looks past the missing next version, and one without a table for what is there
 *     instead; both list
 * @param historyCheckEvery how often the last applied commit is looked at again, which is one request
 * @param backoffFirst pause after a first failure; doubled with each further one
 * @param backoffMost longest pause after a failure
 * @param limits of one group of commits
 * @param readAhead number of commits that are read ahead of the one being applied when behind, and threads that read them
 */
public record TailSettings(
        PollInterval pollInterval,
        Duration gapSettle,
        Duration gapCheckEvery,
        Duration historyCheckEvery,
        Duration backoffFirst,
        Duration backoffMost,
        GroupLimits limits,
        int readAhead) {
    public TailSettings {
        Objects.requireNonNull(pollInterval, "pollInterval");
        Objects.requireNonNull(gapSettle, "gapSettle");
        requirePositive(gapCheckEvery, "gapCheckEvery");
        requirePositive(historyCheckEvery, "historyCheckEvery");
        requirePositive(backoffFirst, "backoffFirst");
        requirePositive(backoffMost, "backoffMost");
        Objects.requireNonNull(limits, "limits");
        if (readAhead < 1) {
            throw new IllegalArgumentException("readAhead must be positive: " + readAhead);
        }
    }

    public static TailSettings withPollInterval(Duration pollInterval) {
        return with(PollInterval.fixed(pollInterval));
    }

    public static TailSettings with(PollInterval pollInterval) {
        return new TailSettings(
                pollInterval,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                GroupLimits.DEFAULT,
                16);
    }

    private static void requirePositive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be positive: " + duration);
        }
    }

    /**
     * How much is applied as one step at most. A single commit is always taken, whatever its size.
     *
     * @param commits number of commits
     * @param fileChanges files added and removed
     * @param bytes of paths and statistics, about: what the group keeps in memory
     */
    public record GroupLimits(int commits, int fileChanges, long bytes) {
        public static final GroupLimits DEFAULT = new GroupLimits(500, 20_000, 64L << 20);

        public GroupLimits {
            if (commits < 1 || fileChanges < 1 || bytes < 1) {
                throw new IllegalArgumentException(
                        "Limits must be positive: " + commits + ", " + fileChanges + ", " + bytes);
            }
        }
    }
}
