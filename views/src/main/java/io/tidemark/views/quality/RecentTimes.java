package io.tidemark.views.quality;

import java.util.Arrays;

/** The last so many lengths of time, in milliseconds. */
final class RecentTimes {
    private final long[] times;
    private int size;
    private int next;

    RecentTimes(int most) {
        times = new long[most];
    }

    void add(long millis) {
        times[next] = millis;
        next = (next + 1) % times.length;
        size = Math.min(size + 1, times.length);
    }

    int size() {
        return size;
    }

    /** In the order in which they came. */
    long[] inOrder() {
        long[] ordered = new long[size];
        for (int i = 0; i < size; i++) {
            ordered[i] = times[(next - size + i + times.length) % times.length];
        }
        return ordered;
    }

    /** The time that this share of all does not exceed; there must be one. */
    long quantile(double share) {
        long[] sorted = sorted();
        return sorted[(int) Math.ceil(share * size) - 1];
    }

    /** The second longest, 0 if there is none: what happened twice. */
    long secondLongest() {
        return size < 2 ? 0 : sorted()[size - 2];
    }

    private long[] sorted() {
        long[] sorted = Arrays.copyOf(times, size);
        Arrays.sort(sorted);
        return sorted;
    }
}
