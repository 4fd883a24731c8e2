package io.tidemark.ingest.scan;

import java.util.Arrays;

/** Ascending ranges of rows that do not touch; values. */
final class RowRanges {
    private final long[] starts;
    private final long[] ends;

    private RowRanges(long[] starts, long[] ends) {
        this.starts = starts;
        this.ends = ends;
    }

    static RowRanges all(long rows) {
        return new Builder().add(0, rows).build();
    }

    int count() {
        return starts.length;
    }

    long start(int range) {
        return starts[range];
    }

    /** Exclusive. */
    long end(int range) {
        return ends[range];
    }

    RowRanges and(RowRanges other) {
        Builder both = new Builder();
        int i = 0;
        int j = 0;
        while (i < count() && j < other.count()) {
            both.add(Math.max(starts[i], other.starts[j]), Math.min(ends[i], other.ends[j]));
            if (ends[i] < other.ends[j]) {
                i++;
            } else {
                j++;
            }
        }
        return both.build();
    }

    /** Takes ranges in ascending order; those that touch become one, and empty ones are left out. */
    static final class Builder {
        private long[] starts = new long[8];
        private long[] ends = new long[8];
        private int size;

        Builder add(long start, long end) {
            if (start >= end) {
                return this;
            }
            if (size > 0 && start <= ends[size - 1]) {
                ends[size - 1] = Math.max(end, ends[size - 1]);
                return this;
            }
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, 2 * size);
                ends = Arrays.copyOf(ends, 2 * size);
            }
            starts[size] = start;
            ends[size++] = end;
            return this;
        }

        RowRanges build() {
            return new RowRanges(Arrays.copyOf(starts, size), Arrays.copyOf(ends, size));
        }
    }
}
