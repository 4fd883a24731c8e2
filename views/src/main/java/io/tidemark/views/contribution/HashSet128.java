package io.tidemark.views.contribution;

import java.util.Arrays;
import java.util.Comparator;

/** A set of 128-bit hashes: open addressing over one array of longs, high and low half in turn. Only grows. */
public final class HashSet128 {
    /** Below it, sorting by insertion is quickest. */
    private static final int FEW = 24;

    private long[] table = new long[2 * 64];
    private int size;
    /** The slot mark for empty is two zeros, so that hash is kept here. */
    private boolean hasZero;

    public int size() {
        return size;
    }

    /** With what sorting it would take. */
    public long heapBytes() {
        return 8L * table.length + 20L * size;
    }

    public void add(long high, long low) {
        if ((high | low) == 0) {
            size += hasZero ? 0 : 1;
            hasZero = true;
            return;
        }
        if (put(table, high, low)) {
            size++;
            // At most half full.
            if (size * 4L > table.length) {
                grow();
            }
        }
    }

    private static boolean put(long[] table, long high, long low) {
        int mask = table.length - 1;
        for (int i = (int) (high << 1) & mask; ; i = (i + 2) & mask) {
            long h = table[i];
            long l = table[i + 1];
            if ((h | l) == 0) {
                table[i] = high;
                table[i + 1] = low;
                return true;
            }
            if (h == high && l == low) {
                return false;
            }
        }
    }

    private void grow() {
        long[] larger = new long[Math.multiplyExact(table.length, 2)];
        for (int i = 0; i < table.length; i += 2) {
            if ((table[i] | table[i + 1]) != 0) {
                put(larger, table[i], table[i + 1]);
            }
        }
        table = larger;
    }

    /** All hashes, high and low half in turn, ascending as unsigned 128-bit numbers. */
    long[] sorted() {
        // Hashes are spread evenly, so their top bits put each nearly at its place.
        int bits = 32 - Integer.numberOfLeadingZeros(Math.max(1, size >>> 2));
        int shift = 64 - bits;
        int[] starts = new int[(1 << bits) + 1];
        if (hasZero) {
            starts[1]++;
        }
        for (int i = 0; i < table.length; i += 2) {
            if ((table[i] | table[i + 1]) != 0) {
                starts[(int) (table[i] >>> shift) + 1]++;
            }
        }
        for (int b = 1; b < starts.length; b++) {
            starts[b] += starts[b - 1];
        }
        long[] sorted = new long[2 * size];
        int[] next = Arrays.copyOf(starts, starts.length);
        if (hasZero) {
            next[0]++;
        }
        for (int i = 0; i < table.length; i += 2) {
            if ((table[i] | table[i + 1]) != 0) {
                int at = 2 * next[(int) (table[i] >>> shift)]++;
                sorted[at] = table[i];
                sorted[at + 1] = table[i + 1];
            }
        }
        for (int b = 0; b + 1 < starts.length; b++) {
            sort(sorted, starts[b], starts[b + 1]);
        }
        return sorted;
    }

    private static void sort(long[] pairs, int from, int to) {
        if (to - from > FEW) {
            sortMany(pairs, from, to);
            return;
        }
        for (int i = from + 1; i < to; i++) {
            long high = pairs[2 * i];
            long low = pairs[2 * i + 1];
            int j = i;
            while (j > from && less(high, low, pairs[2 * j - 2], pairs[2 * j - 1])) {
                pairs[2 * j] = pairs[2 * j - 2];
                pairs[2 * j + 1] = pairs[2 * j - 1];
                j--;
            }
            pairs[2 * j] = high;
            pairs[2 * j + 1] = low;
        }
    }

    /** Only where hashes are not spread as they should be. */
    private static void sortMany(long[] pairs, int from, int to) {
        long[][] each = new long[to - from][];
        for (int i = 0; i < each.length; i++) {
            each[i] = new long[] {pairs[2 * (from + i)], pairs[2 * (from + i) + 1]};
        }
        Arrays.sort(
                each,
                Comparator.<long[]>comparingLong(p -> p[0] + Long.MIN_VALUE)
                        .thenComparingLong(p -> p[1] + Long.MIN_VALUE));
        for (int i = 0; i < each.length; i++) {
            pairs[2 * (from + i)] = each[i][0];
            pairs[2 * (from + i) + 1] = each[i][1];
        }
    }

    private static boolean less(long high1, long low1, long high2, long low2) {
        int byHigh = Long.compareUnsigned(high1, high2);
        return byHigh < 0 || (byHigh == 0 && Long.compareUnsigned(low1, low2) < 0);
    }
}
