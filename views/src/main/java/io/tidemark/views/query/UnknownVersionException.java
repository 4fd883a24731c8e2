package io.tidemark.views.query;

/** A version was asked for that is not served yet. The message is for users. */
public final class UnknownVersionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownVersionException(long version, long newest) {
        super(
                "There is no version " + version + " yet; the newest that is served is " + newest + ".",
                null,
                false,
                false);
    }
}
