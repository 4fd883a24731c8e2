package io.tidemark.ingest.scan;

/** One thing that a filter asks of one column: of a row group, of its pages, of its rows. Reused from row group to row group. */
interface RowTest extends PageBounds.Question {

    /** To be called before a file's first row group. */
    void startFile(FileColumn column);

    /** True if a row of this chunk may match, by its statistics. */
    boolean mayMatch(Chunk chunk);

    /**
     * True if a row of this chunk may match, by its dictionary.
     *
     * @param reader has read the chunk's first page
     */
    boolean mayMatch(Chunk chunk, RowReader reader);

    /**
     * Keeps the matching ones of some rows of a batch.
     *
     * @param selected numbers of rows, ascending; those that match are moved to the front
     * @return how many match
     */
    int select(RowReader reader, int[] selected, int count);
}
