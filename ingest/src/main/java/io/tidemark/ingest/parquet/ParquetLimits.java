package io.tidemark.ingest.parquet;

/**
 * What a Parquet file may claim before another reader than ours is let at it.
 *
 * @param maxFooterBytes largest footer; a reader makes some forty bytes of objects of each of its bytes
 * @param maxSchemaElements columns and groups together
 * @param maxDepth levels of nesting
 * @param maxChunks column chunks of all row groups
 * @param maxPageBytes largest page, compressed or not
 * @param maxRowGroupBytes compressed pages of one row group, which a reader holds at once, and their dictionaries
 * @param maxDictionaryValue longest value that a dictionary may repeat; a batch of rows may hold it in each of them
 * @param rowsPerByte most rows (or entries of a list) of a file for each of its bytes
 * @param freeRows so many rows more
 */
public record ParquetLimits(
        int maxFooterBytes,
        int maxSchemaElements,
        int maxDepth,
        int maxChunks,
        int maxPageBytes,
        long maxRowGroupBytes,
        int maxDictionaryValue,
        int rowsPerByte,
        int freeRows) {}
