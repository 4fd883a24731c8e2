package io.tidemark.views.contribution;

import java.util.Arrays;

/**
 * Numbers different values 0, 1, 2, … in the order in which they first come. Values are told apart by their 128-bit hashes: how
 * long they are costs nothing. For one thread; only grows.
 */
public final class ValueIds {
    private final Hash128 hash = new Hash128();
    /** By id, both halves in turn. */
    private long[] hashes = new long[2 * 64];
    /** Id + 1; 0: the slot is empty. At most half full. */
    private int[] table = new int[256];

    private int size;

    /** As much as it takes while it grows. */
    public long heapBytes() {
        return (8L * hashes.length + 4L * table.length) * 3 / 2;
    }

    /** The number of the value that a part of an array holds. */
    public int id(byte[] bytes, int offset, int length) {
        hash.of(bytes, offset, length);
        int mask = table.length - 1;
        for (int i = (int) hash.high() & mask; ; i = (i + 1) & mask) {
            int id = table[i] - 1;
            if (id < 0) {
                return add(i);
            }
            if (hashes[2 * id] == hash.high() && hashes[2 * id + 1] == hash.low()) {
                return id;
            }
        }
    }

    private int add(int at) {
        if (2 * size == hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.multiplyExact(hashes.length, 2));
        }
        hashes[2 * size] = hash.high();
        hashes[2 * size + 1] = hash.low();
        table[at] = ++size;
        if (size * 2L > table.length) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        table = new int[Math.multiplyExact(table.length, 2)];
        int mask = table.length - 1;
        for (int id = 0; id < size; id++) {
            int i = (int) hashes[2 * id] & mask;
            while (table[i] != 0) {
                i = (i + 1) & mask;
            }
            table[i] = id + 1;
        }
    }
}
