package io.tidemark.ingest.generate;

/** Another writer takes in the same source: going on would repeat or lose events. */
public final class SourceTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SourceTakenException(String source, long expected, long found) {
        super("The table is at " + found + " of " + source + ", and not at " + expected
                + ": another writer takes in the same events. Stop one of the two.");
    }
}
