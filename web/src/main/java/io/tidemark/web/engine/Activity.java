package io.tidemark.web.engine;

import java.time.Instant;
import java.util.Optional;

/**
 * What was done since the process started.
 *
 * @param steps that were stored; a step is one commit, or several when behind
 * @param commits that were applied one by one or in groups; those that a reconcile went past are not among them
 * @param files that were scanned
 * @param rows that were scanned
 * @param stepNanos time in steps that succeeded
 * @param scanNanos time in scans, summed over all threads
 * @param unknownActions of kinds that the log's protocol does not have yet; passed over, as it says
 * @param removesWithoutEffect removes of files that were not live
 * @param addsWithoutEffect adds of files that were live already
 * @param lastError what last stopped the tailer, for users; empty if nothing ever did
 * @param lastErrorAt when
 */
public record Activity(
        long steps,
        long commits,
        long files,
        long rows,
        long stepNanos,
        long scanNanos,
        long unknownActions,
        long removesWithoutEffect,
        long addsWithoutEffect,
        Optional<String> lastError,
        Optional<Instant> lastErrorAt) {

    public static final Activity NONE = new Activity(0, 0, 0, 0, 0, 0, 0, 0, 0, Optional.empty(), Optional.empty());
}
