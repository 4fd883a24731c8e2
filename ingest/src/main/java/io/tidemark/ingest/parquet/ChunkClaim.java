package io.tidemark.ingest.parquet;

/**
 * A column chunk as a footer describes it.
 *
 * @param start position of its first page
 * @param length bytes of all its pages
 * @param values with nulls
 * @param rowGroup number of its row group
 */
record ChunkClaim(long start, long length, Codec codec, long values, int rowGroup, Leaf leaf) {

    /**
     * A column with values.
     *
     * @param path names from the top, joined by a character that names do not have
     * @param type number of its physical type
     */
    record Leaf(String path, int type, int definition, int repetition) {
        private static final int BYTE_ARRAY = 6;

        boolean isByteArray() {
            return type == BYTE_ARRAY;
        }
    }

    long end() {
        return start + length;
    }
}
