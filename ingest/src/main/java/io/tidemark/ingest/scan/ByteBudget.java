package io.tidemark.ingest.scan;

import java.util.Arrays;

/** Hands out the buffers of one scan and keeps their sum under a limit. */
final class ByteBudget {

    /** Readable bytes after the last one of every buffer: decoders load eight bytes at a time. */
    static final int SLACK = 8;

    private final long limit;
    private long used;

    ByteBudget(long limit) {
        this.limit = limit;
    }

    long used() {
        return used;
    }

    /** A buffer for {@code size} bytes and the slack: the old one if it is large enough, else a new and empty one. */
    byte[] atLeast(byte[] old, int size) {
        return old.length >= size + SLACK ? old : new byte[grown(old.length, (long) size + SLACK, 1)];
    }

    /** Like {@link #atLeast}, with the old content. */
    byte[] extend(byte[] old, long size) {
        return old.length >= size + SLACK ? old : Arrays.copyOf(old, grown(old.length, size + SLACK, 1));
    }

    int[] extend(int[] old, long size) {
        return old.length >= size ? old : Arrays.copyOf(old, grown(old.length, size, Integer.BYTES));
    }

    long[] extend(long[] old, long size) {
        return old.length >= size ? old : Arrays.copyOf(old, grown(old.length, size, Long.BYTES));
    }

    /** Half as much again as before, at least, so that growing stays cheap; no more than asked when that is too much. */
    private int grown(int old, long needed, int width) {
        long size = Math.max(needed, old + (old >> 1));
        if (used + (size - old) * width > limit || size > Integer.MAX_VALUE - 64) {
            size = needed;
        }
        if (used + (size - old) * width > limit || size > Integer.MAX_VALUE - 64) {
            throw new Malformed("takes more than " + (limit >> 20) + " MB of memory to read");
        }
        used += (size - old) * width;
        return (int) size;
    }
}
