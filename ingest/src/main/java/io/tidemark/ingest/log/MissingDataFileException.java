package io.tidemark.ingest.log;

/**
 * A data file that the log calls live is not there.
 *
 * <p>If a later commit removed it (a slow reader and a quick VACUUM), reading on to that commit helps.
 */
public final class MissingDataFileException extends TableException {
    private static final long serialVersionUID = 1L;

    public MissingDataFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
