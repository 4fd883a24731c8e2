package io.tidemark.ingest.tail;

/** What one step of the tailer did, so that its caller knows whether to wait before the next. */
public enum StepResult {
    /** There is no table yet. */
    WAITING(false),
    /** The log holds nothing that is not applied. */
    IDLE(false),
    /** A version is missing although the log goes on after it; it gets a little time to turn up. */
    SETTLING(false),
    /** Commits were applied. */
    APPLIED(true),
    /** The views were brought to a snapshot. */
    RECONCILED(true);

    private final boolean more;

    StepResult(boolean more) {
        this.more = more;
    }

    /** True if there may be more to do at once. */
    public boolean more() {
        return more;
    }
}
