package io.tidemark.ingest.scan;

/**
 * @param rows its number of rows
 * @param chunks those asked for, by slot; null where a slot's column is not in the file
 */
record RowGroup(long rows, Chunk[] chunks) {}
