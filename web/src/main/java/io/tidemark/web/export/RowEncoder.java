package io.tidemark.web.export;

/**
 * Makes one file of the chunks that a {@link RowWriter} wrote, in their order. For one thread.
 *
 * <p>What it writes goes to the end of a buffer, which whoever calls empties between calls.
 */
interface RowEncoder {

    /** Writes what comes before the first row. */
    void begin(OutputBuffer out);

    /** Writes whole rows. */
    void rows(byte[] chunk, OutputBuffer out);

    /** Writes what comes after the last row. */
    void end(OutputBuffer out);
}
