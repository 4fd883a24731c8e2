package io.tidemark.ingest.log;

/**
 * A column of the table is not one that can be counted, or not the one that was counted before.
 *
 * <p>A later version may have it back, or hold none of the rows that were counted: moving on to that version helps then.
 */
public final class ColumnMismatchException extends TableException {
    private static final long serialVersionUID = 1L;

    public ColumnMismatchException(String message) {
        super(message);
    }
}
