package io.tidemark.ingest.scan;

/**
 * Some live rows of one file that match a filter, as columns, in the file's order. Reused: valid only until the consumer
 * returns.
 */
public interface RowBatch {

    /** In place of the time of a row that has none. */
    long NO_TIME = Long.MIN_VALUE;

    /** Number of rows; every vector has this many. Never 0. */
    int rows();

    /** Number of a row within the file, counted from 0, deleted rows included; ascending. What a cursor may remember. */
    long position(int row);

    /**
     * The time column: microseconds since 1970, floored; a time beyond what 64 bits hold is the nearest that they do, but for
     * {@link #NO_TIME}, which only null is. Filled up to {@link #rows()}; not to be changed.
     */
    long[] micros();

    /**
     * The projection's column number {@code i}: ids into a dictionary of texts, as {@link FileScanner} describes them. The
     * values of binary columns are bytes, not text.
     *
     * <p>Ids from {@link ValueDictionary#lasting()} up mean something else in the next batch.
     */
    IdVector values(int i);
}
