package io.tidemark.views.store;

/** What is stored contradicts itself or cannot be read. Nothing is lost but time: the views can be built anew from the table. */
public final class DamagedStateException extends StateException {
    private static final long serialVersionUID = 1L;

    public DamagedStateException(String message, Throwable cause) {
        super(message, cause);
    }
}
