package io.tidemark.views.cube;

/**
 * What a cube's numbers stand for, at one moment: values by dimension and ordinal, and the combinations of ordinals that
 * occur. Immutable to readers: a later moment only knows more, and says the same of what this one knows.
 */
public final class Combinations {

    /** Ordinal of the null value, in every dimension. */
    public static final int NULL = 0;

    /** Number of dimensions. */
    public int dimensions() {
        throw new UnsupportedOperationException();
    }

    /** Number of combinations; ids are below it. */
    public int size() {
        throw new UnsupportedOperationException();
    }

    /** Number of ordinals of a dimension, null's among them. */
    public int values(int dimension) {
        throw new UnsupportedOperationException();
    }

    /** The value at an ordinal; null at {@link #NULL}. */
    public String value(int dimension, int ordinal) {
        throw new UnsupportedOperationException();
    }

    /** The ordinal that a combination has in a dimension. */
    public int ordinal(int combination, int dimension) {
        throw new UnsupportedOperationException();
    }
}
