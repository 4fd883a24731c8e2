package io.tidemark.views.analysis;

import java.util.function.LongConsumer;

/** Numbers other than 0. Open addressing; only grows. */
final class LongSet {
    private long[] table = new long[1024];
    private int size;

    void add(long number) {
        if (put(table, number) && ++size * 2L > table.length) {
            long[] larger = new long[Math.multiplyExact(table.length, 2)];
            forEach(each -> put(larger, each));
            table = larger;
        }
    }

    private static boolean put(long[] table, long number) {
        int mask = table.length - 1;
        for (int i = spread(number) & mask; ; i = (i + 1) & mask) {
            if (table[i] == number) {
                return false;
            }
            if (table[i] == 0) {
                table[i] = number;
                return true;
            }
        }
    }

    private static int spread(long number) {
        long x = number * 0x9E3779B97F4A7C15L;
        return (int) (x ^ x >>> 32);
    }

    /** As much as it takes while it grows. */
    long heapBytes() {
        return 12L * table.length;
    }

    void forEach(LongConsumer consumer) {
        for (long number : table) {
            if (number != 0) {
                consumer.accept(number);
            }
        }
    }
}
