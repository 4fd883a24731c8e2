package io.tidemark.views.query;

/** A scan that did not come to its end, though nothing is wrong with the table. */
public final class ScanStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a scan was stopped. */
    public enum Cause {
        /** Whoever asked for it is gone. */
        CANCELLED,
        /** It took longer than allowed. */
        DEADLINE
    }

    private final Cause stopped;

    public ScanStoppedException(Cause stopped) {
        super("The scan was stopped: " + stopped, null, false, false);
        this.stopped = stopped;
    }

    public Cause stopped() {
        return stopped;
    }
}
