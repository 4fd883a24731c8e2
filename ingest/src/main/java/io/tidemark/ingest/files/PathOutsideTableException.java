package io.tidemark.ingest.files;

import java.io.IOException;

/** A path in the log or a checkpoint that leads out of the table's root. It was not opened. */
public final class PathOutsideTableException extends IOException {
    private static final long serialVersionUID = 1L;

    public PathOutsideTableException(String message) {
        super(message);
    }
}
