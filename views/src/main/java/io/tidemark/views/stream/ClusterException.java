package io.tidemark.views.stream;

/** This instance cannot be part of the cluster; the message is one line for the user: what is wrong, and how to mend it. */
public final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
