package io.tidemark.ingest.parquet;

/** Bytes that are not what the Parquet format has there. Whoever knows which file they are of says so. */
public class ParquetFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message goes on from the file's name: "has a page of negative size" */
    public ParquetFormatException(String message) {
        this(message, null);
    }

    /** @param message goes on from the file's name */
    ParquetFormatException(String message, Throwable cause) {
        super(message, cause, false, false);
    }

    /** The bytes at hand end too early: with more of them, reading again may succeed. */
    public static final class Truncated extends ParquetFormatException {
        private static final long serialVersionUID = 1L;

        Truncated() {
            super("ends too early");
        }
    }
}
