package io.tidemark.ingest.log;

/** The table needs something of its reader that Tidemark lacks; the message names it. */
public final class UnsupportedFeatureException extends TableException {
    private static final long serialVersionUID = 1L;

    public UnsupportedFeatureException(String message) {
        super(message);
    }
}
