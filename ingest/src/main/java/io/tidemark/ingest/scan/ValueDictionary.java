package io.tidemark.ingest.scan;

/**
 * What the ids of a column stand for. Grows while a column chunk is read; what an id stands for never changes.
 *
 * <p>Different ids may stand for equal values.
 */
public interface ValueDictionary {

    /** Number of ids that have been given, null's among them: ids are below it. */
    int size();

    /**
     * Ids below this keep their meaning for as long as this object is the column's dictionary; those from it up may get
     * another with the next {@link RowBatch}. So whatever costs to make of a value is worth keeping below it, and only there.
     */
    default int lasting() {
        return size();
    }

    /** The value's text; only for ids from 1 up. Malformed UTF-8 comes out with U+FFFD, as everywhere in Java. */
    String text(int id);

    /**
     * The value's bytes (text in UTF-8) within an array that may hold more; only for ids from 1 up.
     *
     * <p>Not to be changed; valid only until the scan goes on. After a value from {@link #lasting()} up there are at least
     * eight more bytes, so that it can be copied in steps of eight.
     */
    byte[] bytes();

    /** Where the value begins in {@link #bytes()}. */
    int offset(int id);

    /** Number of bytes of the value. */
    int length(int id);
}
