package io.tidemark.web.export;

/** An export did not come to its end, though nothing is wrong with the table. */
public final class ExportStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why an export was stopped. */
    public enum Cause {
        /** The client closed its connection. */
        CLIENT_GONE,
        /** The client took nothing for too long. */
        STALLED,
        /** The service is going down. */
        SHUTDOWN
    }

    private final Cause stopped;

    public ExportStoppedException(Cause stopped) {
        super("The export was stopped: " + stopped, null, false, false);
        this.stopped = stopped;
    }

    public Cause stopped() {
        return stopped;
    }
}
