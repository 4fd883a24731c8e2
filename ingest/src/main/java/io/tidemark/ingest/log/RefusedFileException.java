package io.tidemark.ingest.log;

import java.io.IOException;

/** A file of the log that is damaged, or too much; the message names it and is for users. */
final class RefusedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedFileException(String path, String problem, Throwable cause) {
        super("'" + path + "' " + problem + ".", cause);
    }
}
