package io.tidemark.views.stream;

/** A record of the cluster cannot be understood; the message says which, and what to do. */
public final class RecordFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RecordFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
