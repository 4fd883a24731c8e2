package io.tidemark.ingest.scan;

import io.tidemark.ingest.parquet.Codec;
import io.tidemark.ingest.scan.FileColumn.Physical;

/**
 * One column of one row group: where its pages lie and what its statistics say.
 *
 * @param start position of the first page, a dictionary's if there is one
 * @param length bytes of all pages together
 * @param bounds least and greatest value, if the file gives them exactly and says that no value is null; else null
 * @param detail null unless asked for
 */
record Chunk(Physical type, Codec codec, long values, long start, long length, Bounds bounds, ChunkDetail detail) {

    /** Least and greatest of INT32 or INT64 values. */
    record Bounds(long min, long max) {}

    Chunk withIndexes(ChunkDetail.Place columnIndex, ChunkDetail.Place offsetIndex) {
        return new Chunk(type, codec, values, start, length, bounds, detail.withIndexes(columnIndex, offsetIndex));
    }
}
