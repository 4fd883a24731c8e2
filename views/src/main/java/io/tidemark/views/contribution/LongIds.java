package io.tidemark.views.contribution;

import java.util.Arrays;

/** Gives ids 0, 1, 2, … to numbers in the order in which they first occur. Open addressing; only grows. */
final class LongIds {
    private final boolean consecutive;
    private long[] keys = new long[16];
    /** Id + 1 of the key in the same slot; 0: the slot is empty. */
    private int[] ids = new int[16];

    private long[] byId = new long[8];
    private int size;

    /** @param consecutive true if keys lie close together: then their low bits alone keep them apart, without a miss */
    LongIds(boolean consecutive) {
        this.consecutive = consecutive;
    }

    int size() {
        return size;
    }

    long heapBytes() {
        return 12L * keys.length + 8L * byId.length;
    }

    long key(int id) {
        return byId[id];
    }

    int id(long key) {
        int mask = keys.length - 1;
        for (int i = slot(key) & mask; ; i = (i + 1) & mask) {
            int id = ids[i];
            if (id == 0) {
                return add(i, key);
            }
            if (keys[i] == key) {
                return id - 1;
            }
        }
    }

    private int slot(long key) {
        return (int) (consecutive ? key : Hash128.finish(key));
    }

    private int add(int at, long key) {
        if (size == byId.length) {
            byId = Arrays.copyOf(byId, Math.multiplyExact(size, 2));
        }
        byId[size] = key;
        keys[at] = key;
        ids[at] = ++size;
        if (size * 2L > keys.length) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        int length = Math.multiplyExact(keys.length, 2);
        keys = new long[length];
        ids = new int[length];
        int mask = length - 1;
        for (int id = 0; id < size; id++) {
            int i = slot(byId[id]) & mask;
            while (ids[i] != 0) {
                i = (i + 1) & mask;
            }
            keys[i] = byId[id];
            ids[i] = id + 1;
        }
    }
}
