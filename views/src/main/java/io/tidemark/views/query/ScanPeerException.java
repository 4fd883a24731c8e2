package io.tidemark.views.query;

/** Another instance that was asked for its share of a scan did not do it. Nothing of the scan is told; trying again may help. */
public final class ScanPeerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message for users: which instance, and what is wrong with it */
    public ScanPeerException(String message) {
        super(message, null, false, false);
    }
}
