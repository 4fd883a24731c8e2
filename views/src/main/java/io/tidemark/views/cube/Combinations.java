package io.tidemark.views.cube;

import java.util.Objects;

/**
 * What a cube's numbers stand for, at one moment: values by dimension and ordinal, and the combinations of ordinals that
 * occur. Immutable to readers: a later moment only knows more, and says the same of what this one knows.
 */
public final class Combinations {

    /** Ordinal of the null value, in every dimension. */
    public static final int NULL = 0;

    // The arrays are shared with the dictionary, which writes only beyond the sizes here.
    private final String[][] values;
    private final int[] sizes;
    private final int[] ordinals;
    private final int size;

    /**
     * @param values by dimension and ordinal
     * @param sizes number of values by dimension
     * @param ordinals of all combinations, one after the other
     * @param size number of combinations
     */
    Combinations(String[][] values, int[] sizes, int[] ordinals, int size) {
        this.values = values;
        this.sizes = sizes;
        this.ordinals = ordinals;
        this.size = size;
    }

    /** Number of dimensions. */
    public int dimensions() {
        return sizes.length;
    }

    /** Number of combinations; ids are below it. */
    public int size() {
        return size;
    }

    /** Number of ordinals of a dimension, null's among them. */
    public int values(int dimension) {
        return sizes[dimension];
    }

    /** The value at an ordinal; null at {@link #NULL}. */
    public String value(int dimension, int ordinal) {
        return values[dimension][Objects.checkIndex(ordinal, sizes[dimension])];
    }

    /** The ordinal that a combination has in a dimension. */
    public int ordinal(int combination, int dimension) {
        Objects.checkIndex(dimension, sizes.length);
        return ordinals[Objects.checkIndex(combination, size) * sizes.length + dimension];
    }
}
