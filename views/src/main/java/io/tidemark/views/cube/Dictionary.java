package io.tidemark.views.cube;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Gives ordinals to values and ids to combinations, in the order in which they first occur. Append-only. One writer; readers
 * use what {@link #view()} gave.
 */
public final class Dictionary {
    private final List<Map<String, Integer>> ordinals = new ArrayList<>();
    private final String[][] values;
    private final int[] sizes;
    private final long[] textBytes;
    private final CombinationTable combinations;
    private Combinations view;

    public Dictionary(int dimensions) {
        values = new String[dimensions][1]; // null is at ordinal 0
        sizes = new int[dimensions];
        textBytes = new long[dimensions];
        Arrays.fill(sizes, 1);
        for (int d = 0; d < dimensions; d++) {
            ordinals.add(new HashMap<>());
        }
        combinations = new CombinationTable(dimensions);
    }

    /** One that begins with what another knew at some moment, and learns on its own from there. */
    public static Dictionary of(Combinations known) {
        Dictionary dictionary = new Dictionary(known.dimensions());
        for (int d = 0; d < known.dimensions(); d++) {
            for (int ordinal = 1; ordinal < known.values(d); ordinal++) {
                dictionary.append(d, known.value(d, ordinal));
            }
        }
        int[] tuple = new int[known.dimensions()];
        for (int c = 0; c < known.size(); c++) {
            for (int d = 0; d < tuple.length; d++) {
                tuple[d] = known.ordinal(c, d);
            }
            dictionary.combinations.idOf(tuple);
        }
        return dictionary;
    }

    /** What is known now. Cheap: shares the arrays. */
    public Combinations view() {
        if (view == null) {
            view = new Combinations(values.clone(), sizes.clone(), combinations.ordinals(), combinations.size());
        }
        return view;
    }

    /** The ordinal of a value, given now if it has none. */
    public int ordinal(int dimension, String value) {
        if (value == null) {
            Objects.checkIndex(dimension, sizes.length);
            return Combinations.NULL;
        }
        Integer known = ordinals.get(dimension).get(value);
        return known != null ? known : append(dimension, value);
    }

    /** Number of dimensions. */
    int dimensions() {
        return sizes.length;
    }

    /** Number of values of a dimension, null's among them. */
    public int values(int dimension) {
        return sizes[dimension];
    }

    /** Number of combinations. */
    public int combinations() {
        return combinations.size();
    }

    /** Bytes of a dimension's texts. */
    long textBytes(int dimension) {
        return textBytes[dimension];
    }

    private int append(int dimension, String value) {
        int ordinal = sizes[dimension];
        if (ordinal == values[dimension].length) {
            values[dimension] = Arrays.copyOf(values[dimension], grown(ordinal));
        }
        values[dimension][ordinal] = value;
        sizes[dimension] = ordinal + 1;
        ordinals.get(dimension).put(value, ordinal);
        textBytes[dimension] += bytesOf(value);
        view = null;
        return ordinal;
    }

    private static long bytesOf(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 0xFF) {
                return 2L * value.length();
            }
        }
        return value.length();
    }

    /**
     * Forgets all that came after a moment. Nobody may hold a later view.
     *
     * @param moment what was known then; null: nothing
     */
    public void forgetAllAfter(Combinations moment) {
        for (int d = 0; d < sizes.length; d++) {
            int kept = moment == null ? 1 : moment.values(d);
            for (int ordinal = kept; ordinal < sizes[d]; ordinal++) {
                ordinals.get(d).remove(values[d][ordinal]);
                textBytes[d] -= bytesOf(values[d][ordinal]);
            }
            // Copied, so that what is forgotten takes no memory, and readers keep theirs.
            values[d] = Arrays.copyOf(values[d], kept);
            sizes[d] = kept;
            ordinals.set(d, new HashMap<>(ordinals.get(d)));
        }
        combinations.shrink(moment == null ? 0 : moment.size());
        view = null;
    }

    static int grown(int length) {
        return Math.max(8, Math.addExact(length, length >> 1));
    }

    /**
     * The id of a combination of ordinals, given now if it has none.
     *
     * @throws IllegalArgumentException if there is not one ordinal for each dimension
     * @throws IndexOutOfBoundsException if an ordinal was not given to a value
     */
    public int combination(int[] ordinals) {
        if (ordinals.length != sizes.length) {
            throw new IllegalArgumentException(ordinals.length + " ordinals for " + sizes.length + " dimensions");
        }
        for (int d = 0; d < ordinals.length; d++) {
            Objects.checkIndex(ordinals[d], sizes[d]);
        }
        int before = combinations.size();
        int id = combinations.idOf(ordinals);
        if (combinations.size() > before) {
            view = null;
        }
        return id;
    }

    /**
     * Puts a file's counts into this dictionary's numbers.
     *
     * @throws IllegalArgumentException if the counts break the rules of {@link FileCounts}
     */
    public Contribution intern(FileCounts counts, long bytes) {
        if (counts.values().size() != sizes.length) {
            throw new IllegalArgumentException(
                    "counts over " + counts.values().size() + " dimensions in a cube of " + sizes.length);
        }
        int[][] toOrdinal = new int[sizes.length][];
        for (int d = 0; d < sizes.length; d++) {
            String[] local = counts.values().get(d);
            toOrdinal[d] = new int[local.length];
            for (int i = 0; i < local.length; i++) {
                toOrdinal[d][i] = ordinal(d, local[i]);
            }
        }
        int[] toCombination = new int[counts.combinations().length];
        int[] tuple = new int[sizes.length];
        for (int c = 0; c < toCombination.length; c++) {
            int[] local = counts.combinations()[c];
            for (int d = 0; d < sizes.length; d++) {
                tuple[d] = toOrdinal[d][local[d]];
            }
            toCombination[c] = combination(tuple);
        }
        return new Contribution(counts.rows(), bytes, HourSplit.blocks(counts, toCombination), counts.distinct());
    }
}
