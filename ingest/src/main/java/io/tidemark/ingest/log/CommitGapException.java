package io.tidemark.ingest.log;

/** A commit is missing though the log goes on after it: cleaned up, lost, or not listed yet. */
public final class CommitGapException extends TableException {
    private static final long serialVersionUID = 1L;

    public CommitGapException(String message) {
        super(message);
    }
}
