package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.DataFile;

/**
 * Reads the rows of data files that match a filter. Safe for use by many threads; each scan runs wholly on its caller's.
 *
 * <p>What a filter excludes is not read where the file tells enough: partition values, statistics of row groups, dictionaries,
 * the page index. Columns that the filter does not need are decoded only where rows match.
 */
public interface RowScanner {

    /**
     * Scans a file from its first row to its last.
     *
     * @throws ScanCancelledException if the control was cancelled
     * @throws io.tidemark.ingest.log.MissingDataFileException if the file is not there
     * @throws io.tidemark.ingest.log.TableException if it cannot be read or is not what its schema says; the message names
     *     the file, and the column where one is to blame
     */
    ScanResult scan(
            DataFile file, RowProjection projection, RowFilter filter, RowConsumer consumer, ScanControl control);

    /**
     * Reads the live rows at some positions, and only the pages where these are.
     *
     * @param positions as {@link RowBatch#position} gave them, ascending; positions after the last row are ignored
     * @throws ScanCancelledException if the control was cancelled
     */
    ScanResult fetch(
            DataFile file, RowProjection projection, long[] positions, RowConsumer consumer, ScanControl control);
}
