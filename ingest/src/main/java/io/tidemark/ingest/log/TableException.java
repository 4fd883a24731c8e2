package io.tidemark.ingest.log;

/**
 * The table cannot be read or understood at some version.
 *
 * <p>The message is for users: where, what was found, what to do; no local path outside the table, no credential.
 * Whoever follows the table stops before that version and asks again later: the cause may be mended.
 */
public class TableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TableException(String message) {
        super(message);
    }

    public TableException(String message, Throwable cause) {
        super(message, cause);
    }
}
