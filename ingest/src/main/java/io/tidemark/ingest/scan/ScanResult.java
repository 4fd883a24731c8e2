package io.tidemark.ingest.scan;

/**
 * What a scan went over.
 *
 * @param rows live rows: what the batches held together
 * @param physicalRows rows of the file, deleted ones among them
 * @param bytesRead from the store
 */
public record ScanResult(long rows, long physicalRows, long bytesRead) {}
