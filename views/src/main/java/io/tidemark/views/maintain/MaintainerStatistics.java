package io.tidemark.views.maintain;

import java.util.concurrent.atomic.LongAdder;

/** What was done since the start, for metrics. For any thread; each number only grows. */
public final class MaintainerStatistics {
    final LongAdder commits = new LongAdder();
    final LongAdder steps = new LongAdder();
    final LongAdder reconciles = new LongAdder();
    final LongAdder filesScanned = new LongAdder();
    final LongAdder filesRemoved = new LongAdder();
    final LongAdder rowsScanned = new LongAdder();
    final LongAdder bytesScanned = new LongAdder();
    final LongAdder removesWithoutEffect = new LongAdder();
    final LongAdder addsWithoutEffect = new LongAdder();
    final LongAdder unknownActions = new LongAdder();
    final LongAdder scanNanos = new LongAdder();
    final LongAdder stepNanos = new LongAdder();

    /** Commits applied one by one or in groups; those that a reconcile went past are not among them. */
    public long commits() {
        return commits.sum();
    }

    /** Steps stored: groups of commits, and reconciles. */
    public long steps() {
        return steps.sum();
    }

    /** Steps that brought the views to a snapshot. */
    public long reconciles() {
        return reconciles.sum();
    }

    /** Files counted. */
    public long filesScanned() {
        return filesScanned.sum();
    }

    /** Files that commits took back. */
    public long filesRemoved() {
        return filesRemoved.sum();
    }

    /** Rows of the files counted. */
    public long rowsScanned() {
        return rowsScanned.sum();
    }

    /** Sizes of the files counted, whether or not all of each was read. */
    public long bytesScanned() {
        return bytesScanned.sum();
    }

    /** Removes of files that were not live. */
    public long removesWithoutEffect() {
        return removesWithoutEffect.sum();
    }

    /** Adds of files that were live already. */
    public long addsWithoutEffect() {
        return addsWithoutEffect.sum();
    }

    /** Actions of unknown kinds in the commits applied. */
    public long unknownActions() {
        return unknownActions.sum();
    }

    /** Time in scans, summed over all threads. */
    public long scanNanos() {
        return scanNanos.sum();
    }

    /** Time in steps that succeeded, from the first look at a commit until it was visible. */
    public long stepNanos() {
        return stepNanos.sum();
    }
}
