package io.tidemark.views.contribution;

import io.tidemark.ingest.scan.ValueDictionary;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Short keys of a batch's rows, the dictionary ids of all dimensions side by side in 16 bits, and a number for each key for as long
 * as the dictionaries stay what they are.
 *
 * <p>The innermost loops of counting. Ids are what pages hold, so that no value is looked up for a row, and one look into a table
 * does the rest. Where no dimension lies across the middle of a key, and all have their ids as bytes, the keys of eight rows are made
 * at once: their lower bytes in one long, their upper in another.
 */
final class IdKeys {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** 256 KiB of numbers stay in a processor's own cache. */
    private static final int MOST_BITS = 16;
    /** With fewer rows than that, clearing the table costs more than it saves. */
    private static final int PLACES_PER_ROW = 16;

    private final DimensionColumn[] columns;
    private final ValueDictionary[] dictionaries;
    private final int[] bits;
    private final int[] shifts;
    private boolean isLaidOut;
    /** True if each dimension is within one byte of a key. */
    private boolean inBytes;
    /** Number + 1 by key; 0: not known yet. */
    private int[] numbers = new int[0];

    /** Of the batch's rows, eight a long: lower bytes and upper bytes of keys. */
    private byte[] lower = new byte[0];

    private byte[] upper = new byte[0];
    /** Of the batch's rows, where bytes do not do. */
    private int[] keys = new int[0];

    private boolean areBytes;

    IdKeys(DimensionColumn[] columns) {
        this.columns = columns;
        dictionaries = new ValueDictionary[columns.length];
        bits = new int[columns.length];
        shifts = new int[columns.length];
    }

    long heapBytes() {
        return 4L * numbers.length;
    }

    /** Makes the keys of a batch that the columns have taken; false if they would be too long, and there are none. */
    boolean take(int rows) {
        for (int d = 0; d < columns.length; d++) {
            ValueDictionary dictionary = columns[d].dictionary();
            isLaidOut &= dictionary == dictionaries[d] && bitsOf(dictionary) <= bits[d];
            dictionaries[d] = dictionary;
        }
        if (!isLaidOut) {
            inBytes = layOut(rows, Byte.SIZE);
            isLaidOut = inBytes || layOut(rows, MOST_BITS);
        }
        if (isLaidOut) {
            fill(rows);
        }
        return isLaidOut;
    }

    /** @param unit no dimension lies across a multiple of so many bits */
    private boolean layOut(int rows, int unit) {
        int used = 0;
        for (int d = 0; d < columns.length; d++) {
            bits[d] = bitsOf(dictionaries[d]);
            if (bits[d] > unit) {
                return false;
            }
            used += used % unit + bits[d] > unit ? unit - used % unit : 0;
            shifts[d] = used;
            used += bits[d];
        }
        int places = 1 << Math.min(used, MOST_BITS);
        if (used > MOST_BITS || places > PLACES_PER_ROW * rows) {
            return false;
        }
        if (numbers.length < places) {
            numbers = new int[places];
        } else {
            Arrays.fill(numbers, 0, places, 0);
        }
        return true;
    }

    private static int bitsOf(ValueDictionary dictionary) {
        return dictionary == null ? 0 : 32 - Integer.numberOfLeadingZeros(dictionary.size() - 1);
    }

    private void fill(int rows) {
        int base = 0;
        areBytes = inBytes;
        for (int d = 0; d < columns.length; d++) {
            if (columns[d].isConstant()) {
                base |= columns[d].constantId() << shifts[d];
            } else {
                areBytes &= columns[d].byteIds() != null;
            }
        }
        if (areBytes) {
            fillBytes(rows, base);
        } else {
            fillInts(rows, base);
        }
    }

    private void fillBytes(int rows, int base) {
        int whole = (rows + 7) & -8;
        if (lower.length < whole) {
            lower = new byte[whole];
            upper = new byte[whole];
        }
        Arrays.fill(lower, 0, whole, (byte) base);
        Arrays.fill(upper, 0, whole, (byte) (base >>> Byte.SIZE));
        for (int d = 0; d < columns.length; d++) {
            if (!columns[d].isConstant()) {
                or(columns[d].byteIds(), shifts[d] % Byte.SIZE, whole, shifts[d] < Byte.SIZE ? lower : upper);
            }
        }
    }

    /** No id has more bits than its place, so that none reaches into the next row. */
    private static void or(byte[] ids, int shift, int whole, byte[] target) {
        for (int i = 0; i < whole; i += 8) {
            LONG.set(target, i, (long) LONG.get(target, i) | (long) LONG.get(ids, i) << shift);
        }
    }

    /** One column at a time: two arrays a loop are what vectors are made of. */
    private void fillInts(int rows, int base) {
        if (keys.length < rows) {
            keys = new int[rows];
        }
        Arrays.fill(keys, 0, rows, base);
        for (int d = 0; d < columns.length; d++) {
            if (!columns[d].isConstant()) {
                or(columns[d].ids(), shifts[d], rows, keys);
            }
        }
    }

    private static void or(int[] ids, int shift, int rows, int[] target) {
        for (int i = 0; i < rows; i++) {
            target[i] |= ids[i] << shift;
        }
    }

    /**
     * The numbers of the batch's rows.
     *
     * @return false if there are rows whose key has none: they have -1
     */
    boolean number(int rows, int[] target) {
        return (areBytes ? numberBytes(rows, target) : numberInts(rows, target)) >= 0;
    }

    private int numberBytes(int rows, int[] target) {
        int[] table = numbers;
        byte[] low = lower;
        byte[] high = upper;
        int all = 0;
        for (int i = 0; i < rows; i++) {
            int number = table[low[i] & 0xff | (high[i] & 0xff) << Byte.SIZE] - 1;
            target[i] = number;
            all |= number;
        }
        return all;
    }

    private int numberInts(int rows, int[] target) {
        int[] table = numbers;
        int[] of = keys;
        int all = 0;
        for (int i = 0; i < rows; i++) {
            int number = table[of[i]] - 1;
            target[i] = number;
            all |= number;
        }
        return all;
    }

    /** The number of a row; -1 if its key has none. */
    int number(int row) {
        return numbers[key(row)] - 1;
    }

    /** Gives the key of a row a number. */
    void add(int row, int number) {
        numbers[key(row)] = number + 1;
    }

    private int key(int row) {
        return areBytes ? lower[row] & 0xff | (upper[row] & 0xff) << Byte.SIZE : keys[row];
    }

    /** The ordinals that the ids of a row's key stand for. */
    int[] ordinals(int row) {
        int key = key(row);
        int[] ordinals = new int[columns.length];
        for (int d = 0; d < ordinals.length; d++) {
            ordinals[d] = columns[d].ordinal(key >>> shifts[d] & ((1 << bits[d]) - 1));
        }
        return ordinals;
    }
}
