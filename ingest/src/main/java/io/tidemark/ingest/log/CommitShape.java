package io.tidemark.ingest.log;

import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What tells whether a commit that parses is all there, or may have been cut at the end of a line by a writer who is still
 * at it.
 *
 * <p>What tells is the writer's own account: coming last (as delta-rs has it, which leaves the last newline out), or coming
 * first and saying how many files follow. Without that, a last line that is ended has to do, as every line of a longer
 * commit is; what was taken too early is noticed by its fingerprint as soon as it grows.
 *
 * @param actions of any kind
 * @param infoIsLast true if the last action is commitInfo
 * @param blindAppend true if the writer says that it did nothing but add
 * @param addedBytes sum of the sizes of the files that are added
 * @param ended true if the last line ends with a newline
 */
record CommitShape(int actions, boolean infoIsLast, boolean blindAppend, long addedBytes, boolean ended) {
    private static final String[] ADDED = {
        "numFiles",
        "numAddedFiles",
        "numTargetFilesAdded",
        "numRestoredFiles",
        "numFilesAdded",
        "numRestoredFile",
        "num_added_files",
        "num_target_files_added"
    };
    private static final String[] REMOVED = {
        "numRemovedFiles",
        "numTargetFilesRemoved",
        "numFilesRemoved",
        "numRemovedFile",
        "num_removed_files",
        "num_target_files_removed"
    };

    /** False if more may be on its way. */
    boolean evidentlyWhole(Commit commit) {
        Map<String, String> metrics =
                commit.info().map(CommitInfo::operationMetrics).orElse(Map.of());
        OptionalLong added = most(metrics, ADDED);
        OptionalLong removed = most(metrics, REMOVED);
        if ((actions == 1 && infoIsLast)
                || commit.adds().size() < added.orElse(0)
                || commit.removes().size() < removed.orElse(0)
                || addedBytes < most(metrics, "numOutputBytes").orElse(0)) {
            return false;
        }
        // More files than were announced (deletion vectors are counted elsewhere): then the announcement says nothing.
        boolean asAnnounced = added.isPresent()
                && commit.adds().size() == added.getAsLong()
                && commit.removes().size() == removed.orElse(blindAppend ? 0 : -1);
        return infoIsLast || asAnnounced || ended;
    }

    private static OptionalLong most(Map<String, String> metrics, String... names) {
        return Stream.of(names)
                .map(metrics::get)
                .flatMapToLong(text -> number(text).stream())
                .max();
    }

    private static OptionalLong number(String text) {
        try {
            return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
