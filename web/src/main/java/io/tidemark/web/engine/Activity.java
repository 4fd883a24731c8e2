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
        Optional<String> lastError,
        Optional<Instant> lastErrorAt) {

    public static final Activity NONE = new Activity(0, 0, 0, 0, 0, 0, Optional.empty(), Optional.empty());
}
