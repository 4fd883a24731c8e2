package io.tidemark.ingest.scan;

/** A scan ended early because its {@link ScanControl} was cancelled: nothing is wrong with the table. */
public final class ScanCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScanCancelledException() {
        super("The scan was cancelled.", null, false, false);
    }
}
