package io.tidemark.views.cube;

/**
 * A dictionary as entries that are only ever added: each value under its dimension and ordinal, and each combination under
 * {@link #COMBINATION} and its id. Given back in the order of their numbers, values before the combinations that are of them, they
 * make the same dictionary.
 */
public final class DictionaryCodec {
    /** In place of a dimension. */
    public static final int COMBINATION = -1;

    private DictionaryCodec() {}

    /** Takes entries. */
    public interface Entries {
        void entry(int dimension, int number, byte[] value);
    }

    /**
     * Gives what came after a moment.
     *
     * @param values known at that moment, by dimension; null is one of them and never an entry
     * @param combinations known at that moment
     */
    public static void since(int[] values, int combinations, Combinations known, Entries entries) {
        for (int d = 0; d < values.length; d++) {
            for (int ordinal = values[d]; ordinal < known.values(d); ordinal++) {
                entries.entry(
                        d,
                        ordinal,
                        new ByteWriter().writeText(known.value(d, ordinal)).toBytes());
            }
        }
        for (int c = combinations; c < known.size(); c++) {
            ByteWriter ordinals = new ByteWriter();
            for (int d = 0; d < values.length; d++) {
                ordinals.writeUnsigned(known.ordinal(c, d));
            }
            entries.entry(COMBINATION, c, ordinals.toBytes());
        }
    }

    /**
     * Adds one entry.
     *
     * @throws IllegalArgumentException if it is not the next of its kind, or not the bytes of one
     * @throws IndexOutOfBoundsException if it is of a value that is not known
     */
    public static void add(Dictionary dictionary, int dimension, int number, byte[] value) {
        ByteReader in = new ByteReader(value);
        int given;
        if (dimension == COMBINATION) {
            int[] ordinals = new int[dictionary.dimensions()];
            for (int d = 0; d < ordinals.length; d++) {
                ordinals[d] = in.readInt();
            }
            given = dictionary.combination(ordinals);
        } else {
            given = dictionary.ordinal(dimension, in.readText());
        }
        in.readEnd();
        if (given != number) {
            throw new IllegalArgumentException("number " + number + " where " + given + " was expected");
        }
    }
}
