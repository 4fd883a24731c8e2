package io.tidemark.views.contribution;

import io.tidemark.ingest.scan.IdVector;
import io.tidemark.ingest.scan.ValueDictionary;
import java.util.Arrays;

/** One dimension of one file: turns each dictionary's ids into the file's own ordinals, once a dictionary entry. */
final class DimensionColumn {
    private final LocalValues values = new LocalValues();
    private ValueDictionary dictionary;
    /** Ordinal by id of the dictionary at hand; ids below {@link #mapped} are in it. */
    private int[] ordinals = new int[8];

    private int mapped;
    private IdVector vector;

    LocalValues values() {
        return values;
    }

    /** Takes the column of the next batch; it is valid as long as the batch. */
    void take(IdVector next) {
        vector = next;
        if (next.dictionary() != dictionary) {
            dictionary = next.dictionary();
            mapped = 1;
        }
        int size = dictionary.size();
        if (size > ordinals.length) {
            ordinals = Arrays.copyOf(ordinals, Math.max(size, 2 * ordinals.length));
        }
        ordinals[IdVector.NULL] = 0;
        for (; mapped < size; mapped++) {
            ordinals[mapped] = values.ordinal(dictionary, mapped);
        }
    }

    /** True if every row of the batch has one ordinal. */
    boolean isConstant() {
        return vector == null || vector.isConstant();
    }

    int constant() {
        return ordinal(constantId());
    }

    int constantId() {
        return vector == null ? IdVector.NULL : vector.constant();
    }

    int[] ids() {
        return vector.ids();
    }

    /** As {@link IdVector#byteIds}. */
    byte[] byteIds() {
        return vector.byteIds();
    }

    /** Ordinals by id. */
    int[] ordinals() {
        return ordinals;
    }

    int ordinal(int id) {
        return id == IdVector.NULL ? 0 : ordinals[id];
    }

    /** What the batch's ids stand for; null if there is no such column. */
    ValueDictionary dictionary() {
        return dictionary;
    }
}
