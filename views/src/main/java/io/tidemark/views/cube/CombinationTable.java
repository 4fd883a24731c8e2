package io.tidemark.views.cube;

import java.util.Arrays;

/**
 * Ids of tuples of ordinals: open addressing over one flat array, so that counting asks without allocating. Without
 * dimensions there is exactly one tuple, the empty one.
 */
final class CombinationTable {
    private static final int FREE = -1;

    private final int width;
    private int[] ordinals = new int[0];
    private int size;
    private int[] slots = new int[16];

    CombinationTable(int width) {
        this.width = width;
        Arrays.fill(slots, FREE);
    }

    int size() {
        return size;
    }

    /** Of all tuples, one after the other; what lies below {@code size() * width} never changes. */
    int[] ordinals() {
        return ordinals;
    }

    /** The tuple's id, given now if it has none. */
    int idOf(int[] tuple) {
        int mask = slots.length - 1;
        int slot = hash(tuple, 0) & mask;
        while (slots[slot] != FREE) {
            int id = slots[slot];
            if (Arrays.equals(ordinals, id * width, id * width + width, tuple, 0, width)) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
        return append(tuple, slot);
    }

    private int append(int[] tuple, int slot) {
        int at = Math.multiplyExact(size, width);
        if (at + width > ordinals.length) {
            ordinals = Arrays.copyOf(ordinals, Math.max(at + width, Dictionary.grown(at)));
        }
        System.arraycopy(tuple, 0, ordinals, at, width);
        slots[slot] = size;
        if (2 * ++size > slots.length) {
            rehash(2 * slots.length);
        }
        return size - 1;
    }

    /** Forgets the ids from a number on. */
    void shrink(int kept) {
        size = kept;
        ordinals = Arrays.copyOf(ordinals, kept * width);
        rehash(Math.max(16, 4 * Integer.highestOneBit(Math.max(1, kept))));
    }

    private void rehash(int capacity) {
        slots = new int[capacity];
        Arrays.fill(slots, FREE);
        int mask = slots.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = hash(ordinals, id * width) & mask;
            while (slots[slot] != FREE) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = id;
        }
    }

    private int hash(int[] array, int from) {
        int hash = 0;
        for (int i = from; i < from + width; i++) {
            hash = (hash ^ array[i]) * 0x9E3779B1;
            hash ^= hash >>> 15;
        }
        return hash;
    }
}
