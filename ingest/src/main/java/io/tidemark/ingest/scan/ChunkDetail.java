package io.tidemark.ingest.scan;

/**
 * What a footer says of a chunk that only a filtered scan asks for.
 *
 * @param dataStart where the first data page lies
 * @param dictionaryPages true if every data page holds indices into the chunk's dictionary page
 * @param nulls how many values are null; -1 if not known
 * @param numbers least and greatest of INT32 or INT64 values; null if not known
 * @param texts a lower and an upper bound of byte arrays, in the order of unsigned bytes; null if not known
 * @param columnIndex where the column index lies; null if there is none
 * @param offsetIndex where the offset index lies; null if there is none
 */
record ChunkDetail(
        long dataStart,
        boolean dictionaryPages,
        long nulls,
        Chunk.Bounds numbers,
        Texts texts,
        Place columnIndex,
        Place offsetIndex) {

    record Texts(byte[] min, byte[] max) {}

    record Place(long start, int length) {
        long end() {
            return start + length;
        }
    }

    ChunkDetail withIndexes(Place columns, Place offsets) {
        return new ChunkDetail(dataStart, dictionaryPages, nulls, numbers, texts, columns, offsets);
    }
}
