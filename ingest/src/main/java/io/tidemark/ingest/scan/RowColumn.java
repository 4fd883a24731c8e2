package io.tidemark.ingest.scan;

import java.io.IOException;

/**
 * One column of a row scan: read a batch, keep what matches, make texts of that. Each call of {@link #read} is followed by
 * {@link #keep} and {@link #finish}, or by the next one.
 */
interface RowColumn extends IdVector {

    /** Goes forward to a row of the row group. */
    void moveTo(long row) throws IOException;

    /**
     * Reads the next rows, at most {@link ChunkReader#BATCH_ROWS}.
     *
     * @param wanted 1 for each row whose value matters, else 0; null = all
     * @param count how many of them matter
     */
    void read(int rows, byte[] wanted, int count) throws IOException;

    /** Keeps only the rows with these numbers, ascending. */
    void keepSelected(int[] rows, int count);

    /** Makes the ids of the first rows valid. */
    void finish(int rows);
}
