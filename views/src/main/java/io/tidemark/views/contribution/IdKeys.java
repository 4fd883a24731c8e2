package io.tidemark.views.contribution;

import io.tidemark.ingest.scan.ValueDictionary;
import java.util.Arrays;

/**
 * Short keys of a batch's rows, the dictionary ids of all dimensions side by side in one int, and a number for each key for as long
 * as the dictionaries stay what they are.
 *
 * <p>The innermost loops of counting. Ids are what pages hold, so that no value is looked up for a row: a key is shifts alone,
 * of which the compiler makes vectors, and one look into a table does the rest.
 */
final class IdKeys {
    /** 256 KiB of numbers stay in a processor's own cache. */
    private static final int MOST_BITS = 16;
    /** With fewer rows than that, clearing the table costs more than it saves. */
    private static final int PLACES_PER_ROW = 16;

    private final DimensionColumn[] columns;
    private final ValueDictionary[] dictionaries;
    private final int[] bits;
    private final int[] shifts;
    private boolean isLaidOut;
    /** Number + 1 by key; 0: not known yet. */
    private int[] numbers = new int[0];

    IdKeys(DimensionColumn[] columns) {
        this.columns = columns;
        dictionaries = new ValueDictionary[columns.length];
        bits = new int[columns.length];
        shifts = new int[columns.length];
    }

    long heapBytes() {
        return 4L * numbers.length;
    }

    /** To be called when the columns have taken a batch; false if keys would be too long, and there are none. */
    boolean take(int rows) {
        for (int d = 0; d < columns.length; d++) {
            ValueDictionary dictionary = columns[d].dictionary();
            isLaidOut &= dictionary == dictionaries[d] && bitsOf(dictionary) <= bits[d];
            dictionaries[d] = dictionary;
        }
        if (!isLaidOut) {
            isLaidOut = layOut(rows);
        }
        return isLaidOut;
    }

    private boolean layOut(int rows) {
        int used = 0;
        for (int d = 0; d < columns.length; d++) {
            shifts[d] = used;
            bits[d] = bitsOf(dictionaries[d]);
            used += bits[d];
            if (used > MOST_BITS) {
                return false;
            }
        }
        int places = 1 << used;
        if (places > PLACES_PER_ROW * rows) {
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

    /** The keys of the batch's rows. One column at a time: two arrays a loop are what vectors are made of. */
    void fill(int rows, int[] target) {
        int base = 0;
        for (int d = 0; d < columns.length; d++) {
            base |= columns[d].isConstant() ? columns[d].constantId() << shifts[d] : 0;
        }
        Arrays.fill(target, 0, rows, base);
        for (int d = 0; d < columns.length; d++) {
            if (!columns[d].isConstant()) {
                or(columns[d].ids(), shifts[d], rows, target);
            }
        }
    }

    private static void or(int[] ids, int shift, int rows, int[] target) {
        for (int i = 0; i < rows; i++) {
            target[i] |= ids[i] << shift;
        }
    }

    /** Number + 1 by key, 0 where there is none yet; to be filled. */
    int[] numbers() {
        return numbers;
    }

    /** The ordinals that a key's ids stand for. */
    int[] ordinals(int key) {
        int[] row = new int[columns.length];
        for (int d = 0; d < row.length; d++) {
            row[d] = columns[d].ordinal(key >>> shifts[d] & ((1 << bits[d]) - 1));
        }
        return row;
    }
}
