package io.tidemark.views.store;

import java.util.Arrays;

/**
 * Signed numbers by 128-bit hash: open addressing over primitive arrays, 21 bytes a slot, at most three quarters of the slots
 * taken. The keys are hashes already: their low bits choose the slot.
 */
final class HashCounts {
    private static final int SMALLEST = 16;

    private long[] keys = new long[2 * SMALLEST];
    private int[] counts = new int[SMALLEST];
    private boolean[] used = new boolean[SMALLEST];
    private int size;

    /** Number of keys, those with zero among them. */
    int size() {
        return size;
    }

    int get(long high, long low) {
        return counts[slot(high, low)];
    }

    /** @return the number before */
    int add(long high, long low, int n) {
        int slot = slot(high, low);
        if (!used[slot]) {
            if (4L * (size + 1) > 3L * used.length) {
                grow();
                slot = slot(high, low);
            }
            used[slot] = true;
            keys[2 * slot] = high;
            keys[2 * slot + 1] = low;
            size++;
        }
        int before = counts[slot];
        counts[slot] = Math.addExact(before, n);
        return before;
    }

    private int slot(long high, long low) {
        int mask = used.length - 1;
        int slot = (int) (low ^ low >>> 32) & mask;
        while (used[slot] && (keys[2 * slot] != high || keys[2 * slot + 1] != low)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldCounts = counts;
        boolean[] oldUsed = used;
        int capacity = Math.multiplyExact(2, oldUsed.length);
        keys = new long[Math.multiplyExact(2, capacity)];
        counts = new int[capacity];
        used = new boolean[capacity];
        for (int i = 0; i < oldUsed.length; i++) {
            if (oldUsed[i]) {
                int slot = slot(oldKeys[2 * i], oldKeys[2 * i + 1]);
                used[slot] = true;
                keys[2 * slot] = oldKeys[2 * i];
                keys[2 * slot + 1] = oldKeys[2 * i + 1];
                counts[slot] = oldCounts[i];
            }
        }
    }

    /** Visits the keys whose number is not zero, in their order on disk, so that reads and writes go over it once. */
    void forEachSorted(Visitor visitor) {
        long[] order = new long[size];
        int n = 0;
        for (int i = 0; i < used.length; i++) {
            if (counts[i] != 0) {
                order[n++] = (keys[2 * i] ^ Long.MIN_VALUE) & -1L << 31 | i;
            }
        }
        Arrays.sort(order, 0, n);
        orderEqual(order, n);
        for (int i = 0; i < n; i++) {
            int slot = slotOf(order[i]);
            visitor.visit(keys[2 * slot], keys[2 * slot + 1], counts[slot]);
        }
    }

    /** The order is that of the upper 33 bits so far; the few that have them in common are put in theirs. */
    private void orderEqual(long[] order, int n) {
        for (int i = 1; i < n; i++) {
            for (int j = i; j > 0 && order[j - 1] >> 31 == order[j] >> 31 && isBefore(order[j], order[j - 1]); j--) {
                long swapped = order[j];
                order[j] = order[j - 1];
                order[j - 1] = swapped;
            }
        }
    }

    private boolean isBefore(long a, long b) {
        int x = 2 * slotOf(a);
        int y = 2 * slotOf(b);
        int high = Long.compareUnsigned(keys[x], keys[y]);
        return high < 0 || high == 0 && Long.compareUnsigned(keys[x + 1], keys[y + 1]) < 0;
    }

    private static int slotOf(long order) {
        return (int) (order & Integer.MAX_VALUE);
    }

    interface Visitor {
        void visit(long high, long low, int count);
    }
}
