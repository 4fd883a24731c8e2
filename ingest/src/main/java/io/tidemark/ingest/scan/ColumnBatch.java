package io.tidemark.ingest.scan;

/**
 * Some consecutive live rows of one file, as columns. Reused: valid only until the consumer returns.
 *
 * <p>Rows that a deletion vector takes out are not in it.
 */
public interface ColumnBatch {

    /** Number of rows; every vector has this many. Never 0. */
    int rows();

    /** The projection's hour column. */
    HourVector hours();

    /** The projection's value column number {@code i}. */
    IdVector values(int i);
}
