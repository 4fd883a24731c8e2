package io.tidemark.views.store;

/**
 * The state directory cannot be used: it is another table's, of another format, in use by another process, or damaged. The
 * message says which and what to do.
 */
public class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StateException(String message) {
        super(message);
    }

    public StateException(String message, Throwable cause) {
        super(message, cause);
    }
}
