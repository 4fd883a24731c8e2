package io.tidemark.ingest.scan;

/** What a file holds is not what it should be. Thrown deep inside; {@link FileScan} adds the file and the column. */
class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
        super(message, null, false, false);
    }

    /** The bytes at hand end too early: with more of them, reading again may succeed. */
    static final class Truncated extends Malformed {
        private static final long serialVersionUID = 1L;

        Truncated() {
            super("ends too early");
        }
    }
}
