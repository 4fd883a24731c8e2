package io.tidemark.views.query;

/** A scan would hold more in memory than all scans together may. The message is for users. */
public final class ScanTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScanTooLargeException(long most) {
        super(
                "Queries that are going on would hold more than the " + (most >> 20)
                        + " MiB of the heap that they may. Choose a narrower filter, ask later, or give the JVM more heap"
                        + " (-Xmx).",
                null,
                false,
                false);
    }
}
