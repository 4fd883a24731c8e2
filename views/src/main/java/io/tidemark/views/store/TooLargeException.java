package io.tidemark.views.store;

import io.tidemark.ingest.log.TableException;

/** What comes next would take more of the heap than the views may have. Trying the same again does not help. */
public final class TooLargeException extends TableException {
    private static final long serialVersionUID = 1L;

    TooLargeException(String message) {
        super(message);
    }
}
