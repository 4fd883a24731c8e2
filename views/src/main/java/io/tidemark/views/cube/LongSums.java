package io.tidemark.views.cube;

import java.util.Arrays;

/** Sums by key, without a box for each: open addressing. A sum of zero is as good as none. */
final class LongSums {
    private long[] keys = new long[16];
    private long[] sums = new long[16];
    private boolean[] used = new boolean[16];
    private int size;

    /** @return the new sum */
    long add(long key, long n) {
        int slot = slot(key);
        if (!used[slot]) {
            // At most three quarters full: 23 to 45 bytes a key.
            if (4L * (size + 1) > 3L * keys.length) {
                rehash();
                slot = slot(key);
            }
            used[slot] = true;
            keys[slot] = key;
            sums[slot] = 0;
            size++;
        }
        sums[slot] = Math.addExact(sums[slot], n);
        return sums[slot];
    }

    /** Zero if there is none. */
    long get(long key) {
        int slot = slot(key);
        return used[slot] ? sums[slot] : 0;
    }

    private int slot(long key) {
        long hash = key * 0x9E3779B97F4A7C15L;
        int mask = keys.length - 1;
        int slot = (int) (hash >>> 32) & mask;
        while (used[slot] && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Drops the zeros, too: groups that come and go leave nothing behind. */
    private void rehash() {
        long[] oldKeys = keys;
        long[] oldSums = sums;
        int live = 0;
        for (long sum : sums) {
            live += sum != 0 ? 1 : 0;
        }
        int capacity = 16;
        while (capacity < 2L * live) {
            capacity = Math.multiplyExact(capacity, 2);
        }
        keys = new long[capacity];
        sums = new long[capacity];
        used = new boolean[capacity];
        size = live;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldSums[i] != 0) {
                int slot = slot(oldKeys[i]);
                used[slot] = true;
                keys[slot] = oldKeys[i];
                sums[slot] = oldSums[i];
            }
        }
    }

    /** The keys whose sums are not zero, ascending. */
    long[] sortedKeys() {
        long[] sorted = new long[size];
        int n = 0;
        for (int i = 0; i < keys.length; i++) {
            if (sums[i] != 0) {
                sorted[n++] = keys[i];
            }
        }
        Arrays.sort(sorted, 0, n);
        return n == size ? sorted : Arrays.copyOf(sorted, n);
    }

    /** Visits every key whose sum is not zero, in no order. */
    void forEach(Visitor visitor) {
        for (int i = 0; i < keys.length; i++) {
            if (sums[i] != 0) {
                visitor.visit(keys[i], sums[i]);
            }
        }
    }

    interface Visitor {
        void visit(long key, long sum);
    }
}
