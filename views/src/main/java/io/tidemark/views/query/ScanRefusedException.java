package io.tidemark.views.query;

/** As many scans are going on as are allowed at once. Try again later; nothing was begun. */
public final class ScanRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScanRefusedException(int limit) {
        super(
                "There are " + limit + " scans of tables going on, which is as many as are allowed at once.",
                null,
                false,
                false);
    }
}
