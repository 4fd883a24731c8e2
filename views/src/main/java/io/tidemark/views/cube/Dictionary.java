package io.tidemark.views.cube;

/**
 * Gives ordinals to values and ids to combinations, in the order in which they first occur. Append-only. One writer; readers
 * use what {@link #view()} gave.
 */
public final class Dictionary {

    public Dictionary(int dimensions) {
        throw new UnsupportedOperationException();
    }

    /** What is known now. Cheap: shares the arrays. */
    public Combinations view() {
        throw new UnsupportedOperationException();
    }

    /** The ordinal of a value, given now if it has none. */
    public int ordinal(int dimension, String value) {
        throw new UnsupportedOperationException();
    }

    /** The id of a combination of ordinals, given now if it has none. */
    public int combination(int[] ordinals) {
        throw new UnsupportedOperationException();
    }

    /** Puts a file's counts into this dictionary's numbers. */
    public Contribution intern(FileCounts counts, long bytes) {
        throw new UnsupportedOperationException();
    }
}
