package io.tidemark.ingest.log;

import java.util.Map;
import java.util.stream.Stream;

/**
 * What tells whether a commit that parses was cut at the end of a line by a writer who is still at it.
 *
 * <p>Spark writes what it did first and ends every line; delta-rs writes it last and leaves the last line open.
 *
 * @param actions of any kind
 * @param infoIsLast true if the last action is commitInfo
 * @param endsWithNewline true if the last line is closed
 * @param addedBytes sum of the sizes of the files that are added
 */
record CommitShape(int actions, boolean infoIsLast, boolean endsWithNewline, long addedBytes) {

    /** Whether more could well be on its way. */
    boolean suspicious(Commit commit) {
        boolean onlyInfo = actions == 1 && infoIsLast;
        if (onlyInfo || promisesMore(commit)) {
            return true;
        }
        return !endsWithNewline && !infoIsLast;
    }

    /** Writers count differently (a re-added file may not count as added), so only a promise of more than there is tells. */
    private boolean promisesMore(Commit commit) {
        Map<String, String> metrics =
                commit.info().map(CommitInfo::operationMetrics).orElse(Map.of());
        return commit.adds().size()
                        < max(metrics, "numFiles", "numAddedFiles", "numTargetFilesAdded", "numRestoredFiles")
                || commit.removes().size() < max(metrics, "numRemovedFiles", "numTargetFilesRemoved")
                || addedBytes < max(metrics, "numOutputBytes");
    }

    private static long max(Map<String, String> metrics, String... names) {
        return Stream.of(names)
                .mapToLong(name -> number(metrics.get(name)))
                .max()
                .orElse(0);
    }

    private static long number(String text) {
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
