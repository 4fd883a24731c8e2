package io.tidemark.views.contribution;

import io.tidemark.ingest.scan.IdVector;
import io.tidemark.ingest.scan.ValueDictionary;
import java.util.Arrays;

/** Distinct values of a file's column, as hashes: each dictionary entry that a row uses is hashed once. */
final class DistinctValues {
    /**
     * Of the second half of a hash: 96 bits are kept of each. They are most of the ledger; and the chance that of a thousand
     * million values two share one is below 10<sup>-11</sup>.
     */
    private static final long KEPT = -1L << 32;

    private final HashSet128 hashes = new HashSet128();
    private final Hash128 hash = new Hash128();
    private ValueDictionary dictionary;
    /** By id of the dictionary at hand: was met in a row. */
    private boolean[] met = new boolean[8];

    void take(IdVector vector, int rows) {
        if (vector.dictionary() != dictionary) {
            dictionary = vector.dictionary();
            Arrays.fill(met, false);
        }
        if (dictionary.size() > met.length) {
            met = Arrays.copyOf(met, Math.max(dictionary.size(), 2 * met.length));
        }
        // Null is no value.
        met[IdVector.NULL] = true;
        if (vector.isConstant()) {
            meet(vector.constant());
            return;
        }
        int[] ids = vector.ids();
        boolean[] before = met;
        for (int i = 0; i < rows; i++) {
            if (!before[ids[i]]) {
                meet(ids[i]);
            }
        }
    }

    int size() {
        return hashes.size();
    }

    long heapBytes() {
        return hashes.heapBytes() + met.length;
    }

    long[] sorted() {
        return hashes.sorted();
    }

    private void meet(int id) {
        if (met[id]) {
            return;
        }
        met[id] = true;
        int length = dictionary.length(id);
        if (length == 0) {
            // Nor is the empty text.
            return;
        }
        hash.of(dictionary.bytes(), dictionary.offset(id), length);
        hashes.add(hash.high(), hash.low() & KEPT);
    }
}
