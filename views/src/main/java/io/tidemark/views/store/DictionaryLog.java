package io.tidemark.views.store;

import io.tidemark.views.cube.Combinations;
import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.cube.DictionaryCodec;
import java.nio.ByteBuffer;

/**
 * A dictionary, and how much of it is stored. What is new goes into every batch, so that no entry of the store ever speaks of
 * a value that is not there. Keys are {@code dimension, ordinal} and, after all of those, {@code -1, combination}.
 */
final class DictionaryLog {
    private static final int BETWEEN_CHECKS = 10_000;

    private final Dictionary dictionary;
    private final int[] storedValues;
    private int storedCombinations;

    private DictionaryLog(int dimensions) {
        dictionary = new Dictionary(dimensions);
        storedValues = new int[dimensions];
        java.util.Arrays.fill(storedValues, 1); // null is never stored
    }

    /**
     * @throws StateException if what is stored is not whole
     * @throws TooLargeException if it takes more of the heap than it may
     */
    static DictionaryLog load(Database database, int dimensions, HeapShare heap) {
        DictionaryLog log = new DictionaryLog(dimensions);
        int[] loaded = {0};
        try {
            database.forEach(Family.DICTIONARY, (key, value) -> {
                log.load(key, value);
                if (++loaded[0] % BETWEEN_CHECKS == 0) {
                    heap.requireViews(log.dictionary, Cube.empty());
                }
            });
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Remedy.damaged("the dictionary cannot be read", e);
        }
        log.stored();
        return log;
    }

    private void load(byte[] key, byte[] value) {
        if (key.length != 8) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes");
        }
        ByteBuffer parts = ByteBuffer.wrap(key);
        int dimension = parts.getInt();
        int number = parts.getInt();
        DictionaryCodec.add(dictionary, dimension, number, value);
    }

    Dictionary dictionary() {
        return dictionary;
    }

    /** Writes what is not stored yet. */
    void write(Batch batch) {
        DictionaryCodec.since(
                storedValues,
                storedCombinations,
                dictionary.view(),
                (dimension, number, value) -> batch.put(Family.DICTIONARY, key(dimension, number), value));
    }

    private static byte[] key(int dimension, int number) {
        return ByteBuffer.allocate(8).putInt(dimension).putInt(number).array();
    }

    /**
     * Forgets, and deletes, what came after a moment.
     *
     * @param moment null: the beginning
     */
    void forgetAllAfter(Combinations moment, Batch batch) {
        dictionary.forgetAllAfter(moment);
        Combinations kept = dictionary.view();
        for (int d = 0; d < storedValues.length; d++) {
            batch.deleteRange(Family.DICTIONARY, key(d, kept.values(d)), key(d, Integer.MAX_VALUE));
        }
        batch.deleteRange(
                Family.DICTIONARY,
                key(DictionaryCodec.COMBINATION, kept.size()),
                key(DictionaryCodec.COMBINATION, Integer.MAX_VALUE));
    }

    /** To be told when a batch was written and nothing was added since. */
    void stored() {
        Combinations known = dictionary.view();
        for (int d = 0; d < storedValues.length; d++) {
            storedValues[d] = known.values(d);
        }
        storedCombinations = known.size();
    }
}
