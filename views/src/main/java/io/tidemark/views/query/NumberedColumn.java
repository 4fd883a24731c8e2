package io.tidemark.views.query;

import io.tidemark.ingest.scan.IdVector;
import io.tidemark.ingest.scan.ValueDictionary;
import java.util.Arrays;

/** A column's values as numbers of our own; what a dictionary holds is looked up once. For one file and one thread. */
final class NumberedColumn {
    /** In place of a number: null, or a value that has none. */
    static final int NONE = -1;

    private final Lookup lookup;
    private ValueDictionary dictionary;
    /** By id of the dictionary: the number + 2; 0: not looked up. */
    private int[] known = new int[16];

    private int[] numbers = new int[0];

    /** Finds the number of a value of a dictionary, or {@link #NONE}. */
    interface Lookup {
        int number(ValueDictionary dictionary, int id);
    }

    NumberedColumn(Lookup lookup) {
        this.lookup = lookup;
    }

    /** A number for each row; valid until the next call. */
    int[] of(IdVector vector, int rows) {
        if (vector.dictionary() != dictionary) {
            dictionary = vector.dictionary();
            Arrays.fill(known, 0);
        }
        if (known.length < dictionary.size()) {
            known = Arrays.copyOf(known, Math.max(dictionary.size(), 2 * known.length));
        }
        if (numbers.length < rows) {
            numbers = new int[rows];
        }
        if (vector.isConstant()) {
            Arrays.fill(numbers, 0, rows, number(vector.constant()));
        } else {
            int[] ids = vector.ids();
            for (int i = 0; i < rows; i++) {
                numbers[i] = number(ids[i]);
            }
        }
        // They mean something else in the next batch.
        Arrays.fill(known, Math.min(dictionary.lasting(), dictionary.size()), dictionary.size(), 0);
        return numbers;
    }

    private int number(int id) {
        if (id == IdVector.NULL) {
            return NONE;
        }
        if (known[id] == 0) {
            known[id] = lookup.number(dictionary, id) + 2;
        }
        return known[id] - 2;
    }
}
