package io.tidemark.ingest.files;

import java.io.IOException;

/**
 * An object store did not do what it was asked to. The message is for users: what it answered, and what to do about it; it
 * names no credential and no address.
 */
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    private final StoreRequests.Outcome outcome;

    StoreException(StoreRequests.Outcome outcome, String message, Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    StoreRequests.Outcome outcome() {
        return outcome;
    }

    /** True if the same request may be answered a moment later. */
    boolean mayPass() {
        return outcome == StoreRequests.Outcome.FAILED || outcome == StoreRequests.Outcome.THROTTLED;
    }

    /** True if a failure comes of an object store that does not answer, or refuses: asking it for more is in vain. */
    public static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreException) {
                return true;
            }
        }
        return false;
    }
}
