package io.tidemark.web.export;

import io.tidemark.ingest.scan.RowBatch;

/** Writes rows in one format, batch by batch. Not for more than one thread. */
public interface RowWriter {

    /** Writes what comes before the first row. */
    void begin(OutputBuffer out);

    /**
     * Writes rows of a batch until there is enough to send.
     *
     * @param row the first to be written
     * @param enough no further row is begun once the buffer holds this many bytes
     * @return the next row to be written; the batch's number of rows when all are
     */
    int write(RowBatch batch, int row, OutputBuffer out, int enough);
}
