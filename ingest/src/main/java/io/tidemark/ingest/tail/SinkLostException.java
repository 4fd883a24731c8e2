package io.tidemark.ingest.tail;

/**
 * The sink takes nothing any more, in the midst of a step or before one. No fault of the table's: it ends the turn, and whoever
 * gave the sink knows what to do about the cause.
 */
public final class SinkLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SinkLostException(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }

    @Override
    public synchronized RuntimeException getCause() {
        return (RuntimeException) super.getCause();
    }
}
