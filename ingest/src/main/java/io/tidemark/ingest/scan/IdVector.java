package io.tidemark.ingest.scan;

/** Values as ids into a dictionary; one id for each row of a batch. */
public interface IdVector {

    /** The id of null, in every dictionary. */
    int NULL = 0;

    /** True if all rows have one value: then {@link #ids()} need not be looked at. */
    boolean isConstant();

    /** The id of every row; only if {@link #isConstant()}. */
    int constant();

    /** The ids, filled up to the batch's number of rows; not to be changed. Only if not {@link #isConstant()}. */
    int[] ids();

    /**
     * The same as unsigned bytes, which are cheaper to come by and to count; null if some might not fit. Not to be changed.
     *
     * <p>So long that all rows are within whole groups of eight; what lies beyond the last row is of no meaning.
     */
    default byte[] byteIds() {
        return null;
    }

    /**
     * What the ids stand for. The same object for as long as ids keep their meaning, which is at least a batch; compare
     * it with the last batch's.
     */
    ValueDictionary dictionary();
}
