package io.tidemark.views.contribution;

import java.util.Arrays;

/**
 * Numbers the combinations of ordinals that occur in a file.
 *
 * <p>The usual way of a row is from its dictionary ids to a number ({@link IdKeys}). Without that way, or the first time that ids
 * come together, ordinals do: each dimension has so many bits of a key as its ordinals need. Short keys are looked up in an array; longer ones in a hash table; and where even 62 bits do not hold all dimensions, the first ones are numbered by
 * themselves and that number takes their place. When a dimension outgrows its bits, all is laid out anew.
 */
final class CombinationIndex {
    private static final int DENSE_BITS = 20;
    private static final int KEY_BITS = 62;
    /** Bits of a combination's number within a longer key. */
    private static final int NUMBER_BITS = 31;

    private final DimensionColumn[] columns;
    private final IdKeys idKeys;
    private final int[] bits;
    private final int[] shifts;
    /** Where a level of keys ends: number of dimensions up to it. One level, unless keys are too long. */
    private int[] levelEnds;

    private LongIds[] levels;
    /** Number + 1 by key; null if keys are too long for an array. */
    private int[] dense;

    /** Ordinals of all combinations, one after the other. */
    private int[] ordinals = new int[64];

    private int size;
    private long[] keys = new long[0];

    CombinationIndex(DimensionColumn[] columns) {
        this.columns = columns;
        this.idKeys = new IdKeys(columns);
        this.bits = new int[columns.length];
        this.shifts = new int[columns.length];
        layOut();
    }

    int size() {
        return size;
    }

    /** With what the answer will take: an array for each. */
    long heapBytes() {
        long bytes = idKeys.heapBytes() + 4L * ordinals.length + size * (32L + 4L * columns.length);
        if (dense != null) {
            return bytes + 4L * dense.length;
        }
        for (LongIds level : levels) {
            bytes += level.heapBytes();
        }
        return bytes;
    }

    int ordinal(int combination, int dimension) {
        return ordinals[combination * columns.length + dimension];
    }

    /** To be called when the columns have taken a batch, before anything is asked of it. */
    void prepare() {
        boolean outgrown = false;
        for (int d = 0; d < columns.length; d++) {
            int needed = 32 - Integer.numberOfLeadingZeros(columns[d].values().size() - 1);
            if (needed > bits[d]) {
                bits[d] = needed;
                outgrown = true;
            }
        }
        if (outgrown) {
            layOut();
        }
    }

    /** True if all rows of the batch have one combination. */
    boolean isConstant() {
        for (DimensionColumn column : columns) {
            if (!column.isConstant()) {
                return false;
            }
        }
        return true;
    }

    /** The combination of every row; only if {@link #isConstant()}. */
    int constant() {
        int[] row = new int[columns.length];
        for (int d = 0; d < row.length; d++) {
            row[d] = columns[d].constant();
        }
        return number(row);
    }

    /** The combinations of a batch's rows. */
    void combine(int rows, int[] target) {
        if (idKeys.take(rows)) {
            numberIds(rows, target);
        } else if (dense != null) {
            DenseKeys.fill(columns, shifts, rows, target);
            number(rows, target);
        } else {
            combineLong(rows, target);
        }
    }

    private void numberIds(int rows, int[] target) {
        if (idKeys.number(rows, target)) {
            return;
        }
        for (int i = 0; i < rows; i++) {
            if (target[i] < 0) {
                target[i] = numberId(i);
            }
        }
    }

    private int numberId(int row) {
        int known = idKeys.number(row);
        if (known >= 0) {
            return known;
        }
        int number = number(idKeys.ordinals(row));
        idKeys.add(row, number);
        return number;
    }

    /** Keys to numbers, in place. */
    private void number(int rows, int[] target) {
        int[] table = dense;
        for (int i = 0; i < rows; i++) {
            int number = table[target[i]];
            target[i] = number != 0 ? number - 1 : addDense(target[i]);
        }
    }

    private int addDense(int key) {
        int[] row = new int[columns.length];
        for (int d = 0; d < row.length; d++) {
            row[d] = key >>> shifts[d] & ((1 << bits[d]) - 1);
        }
        int number = append(row);
        dense[key] = number + 1;
        return number;
    }

    private void combineLong(int rows, int[] target) {
        if (keys.length < rows) {
            keys = new long[rows];
        }
        int from = 0;
        for (int level = 0; level < levels.length; level++) {
            for (int i = 0; i < rows; i++) {
                keys[i] = level == 0 ? 0 : target[i];
            }
            for (int d = from; d < levelEnds[level]; d++) {
                addTo(keys, rows, columns[d], shifts[d]);
            }
            LongIds ids = levels[level];
            for (int i = 0; i < rows; i++) {
                target[i] = ids.id(keys[i]);
            }
            from = levelEnds[level];
        }
        appendNew(rows, target);
    }

    private static void addTo(long[] keys, int rows, DimensionColumn column, int shift) {
        if (column.isConstant()) {
            long part = (long) column.constant() << shift;
            for (int i = 0; i < rows; i++) {
                keys[i] |= part;
            }
            return;
        }
        int[] ids = column.ids();
        int[] map = column.ordinals();
        for (int i = 0; i < rows; i++) {
            keys[i] |= (long) map[ids[i]] << shift;
        }
    }

    /** The last level gave new numbers in the order of rows: writes down what they stand for. */
    private void appendNew(int rows, int[] numbers) {
        int known = levels[levels.length - 1].size();
        for (int i = 0; i < rows && size < known; i++) {
            if (numbers[i] == size) {
                int[] row = new int[columns.length];
                for (int d = 0; d < row.length; d++) {
                    DimensionColumn column = columns[d];
                    row[d] = column.isConstant() ? column.constant() : column.ordinals()[column.ids()[i]];
                }
                append(row);
            }
        }
    }

    /** The number of one combination. */
    private int number(int[] row) {
        if (dense != null) {
            int key = 0;
            for (int d = 0; d < row.length; d++) {
                key |= row[d] << shifts[d];
            }
            return dense[key] != 0 ? dense[key] - 1 : addDense(key);
        }
        int number = numberLong(row);
        if (number == size) {
            append(row);
        }
        return number;
    }

    private int numberLong(int[] row) {
        int number = 0;
        int from = 0;
        for (int level = 0; level < levels.length; level++) {
            long key = number;
            for (int d = from; d < levelEnds[level]; d++) {
                key |= (long) row[d] << shifts[d];
            }
            number = levels[level].id(key);
            from = levelEnds[level];
        }
        return number;
    }

    private int append(int[] row) {
        if (ordinals.length < (size + 1) * row.length) {
            ordinals = Arrays.copyOf(ordinals, Math.max(2 * ordinals.length, (size + 1) * row.length));
        }
        System.arraycopy(row, 0, ordinals, size * row.length, row.length);
        return size++;
    }

    private void layOut() {
        int[] ends = new int[columns.length + 1];
        int count = 0;
        int used = 0;
        for (int d = 0; d < columns.length; d++) {
            if (used + bits[d] > KEY_BITS) {
                ends[count++] = d;
                used = NUMBER_BITS;
            }
            shifts[d] = used;
            used += bits[d];
        }
        ends[count++] = columns.length;
        levelEnds = Arrays.copyOf(ends, count);
        boolean isDense = count == 1 && used <= DENSE_BITS;
        dense = isDense ? new int[1 << used] : null;
        levels = isDense ? null : new LongIds[count];
        if (!isDense) {
            Arrays.setAll(levels, level -> new LongIds(false));
        }
        // In their order, so that the numbers stay what they were.
        int[] row = new int[columns.length];
        for (int number = 0; number < size; number++) {
            System.arraycopy(ordinals, number * row.length, row, 0, row.length);
            if (isDense) {
                int key = 0;
                for (int d = 0; d < row.length; d++) {
                    key |= row[d] << shifts[d];
                }
                dense[key] = number + 1;
            } else {
                numberLong(row);
            }
        }
    }
}
