package io.tidemark.views.query;

/**
 * How far a scan is.
 *
 * @param files to be read; 0 as long as that is not known
 * @param filesDone of these, read to their ends
 * @param rows that were looked at so far
 */
public record ScanProgress(long files, long filesDone, long rows) {}
