package io.tidemark.ingest.generate;

/**
 * A step along a source whose events a table takes in, kept in the table's own log as a transaction identifier.
 *
 * @param from where the table must be: the next event that it lacks, or {@link #NOTHING}
 * @param to where it is then; at least {@code from}
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#transaction-identifiers">Delta protocol</a>
 */
public record Advance(long from, long to) {
    /** The position of a source of which a table has nothing. */
    public static final long NOTHING = -1;

    public Advance {
        if (from < NOTHING || to < from) {
            throw new IllegalArgumentException("No step: from " + from + " to " + to);
        }
    }

    void check(String source, long found) {
        if (found != from) {
            throw new SourceTakenException(source, from, found);
        }
    }
}
