package io.tidemark.ingest.scan;

import java.util.Arrays;

/**
 * Reads the hybrid of run-length encoding and bit packing that dictionary indices, levels and booleans come in.
 *
 * <p>The array must have the slack that {@link PackedGroups} needs after {@code end}.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/Encodings.md#RLE">Run Length Encoding</a>
 */
final class HybridRuns {
    /** One less than bytes have: the id of null goes before them. */
    private static final int MOST_IN_BYTES = 255;

    private final PackedGroups packed = new PackedGroups();
    private byte[] bytes;
    private int at;
    private int end;
    private int width;
    private int limit;

    private int repeated;
    private int repeatedValue;

    private int packedStart;
    private long packedNext;
    private long packedEnd;

    /**
     * Begins with the runs in a range of an array.
     *
     * @param bits of each value
     * @param allowed how many different values there may be: one that is not below it is {@link Malformed} when it is read
     */
    void start(byte[] from, int begin, int stop, int bits, int allowed) {
        if (bits < 0 || bits > 32) {
            throw new Malformed("has values of " + bits + " bits, where at most 32 are possible");
        }
        bytes = from;
        at = begin;
        end = stop;
        width = bits;
        limit = allowed;
        packed.start(from, bits, allowed);
        repeated = bits == 0 && allowed > 0 ? Integer.MAX_VALUE : 0;
        repeatedValue = 0;
        packedNext = 0;
        packedEnd = 0;
    }

    /** Begins with bit-packed values alone, without run headers, of which each may be what its {@code bits}, at most 30, can say. */
    void startPacked(byte[] from, int begin, int stop, int bits) {
        start(from, begin, stop, bits, 1 << bits);
        packedStart = begin;
        packedEnd = (stop - begin) * 8L / bits;
        at = stop;
    }

    /** True if the next {@code count} values are one run of equal values: {@link #repeatedValue()}. */
    boolean repeats(int count) {
        if (repeated == 0 && packedNext == packedEnd) {
            nextRun();
        }
        return repeated >= count;
    }

    int repeatedValue() {
        return repeatedValue;
    }

    void skipRepeated(int count) {
        repeated -= width == 0 ? 0 : count;
    }

    /** Reads values into {@code out} from {@code offset}, each with {@code bias} added. */
    void read(int[] out, int offset, int count, int bias) {
        read(out, offset, count, bias, null);
    }

    /**
     * Goes past values, and reads some of them.
     *
     * @param wanted by place in {@code out}: 1 for those to read; what the others become is of no meaning; null = all
     */
    void read(int[] out, int offset, int count, int bias, byte[] wanted) {
        int stop = offset + count;
        for (int to = offset; to < stop; ) {
            int take = next(stop - to);
            if (repeated > 0) {
                Arrays.fill(out, to, to + take, repeatedValue + bias);
            } else if (wanted == null) {
                packed.unpack(packedStart, packedNext, out, to, take, bias);
            } else {
                packed.unpackSome(packedStart, packedNext, out, to, take, bias, wanted);
            }
            to += goPast(take);
        }
    }

    /** True if all values fit into bytes, with a bias of 1. */
    boolean fitBytes() {
        return width <= Byte.SIZE && limit <= MOST_IN_BYTES;
    }

    /** Reads values into bytes, only if {@link #fitBytes}. */
    void read(byte[] out, int offset, int count, int bias) {
        int stop = offset + count;
        for (int to = offset; to < stop; ) {
            int take = next(stop - to);
            if (repeated > 0) {
                Arrays.fill(out, to, to + take, (byte) (repeatedValue + bias));
            } else {
                packed.unpack(packedStart, packedNext, out, to, take, bias);
            }
            to += goPast(take);
        }
    }

    /** How many values, at most so many, are next to each other in one run, which is begun with if need be. */
    private int next(int most) {
        return repeats(1) ? Math.min(most, repeated) : (int) Math.min(most, packedEnd - packedNext);
    }

    private int goPast(int count) {
        if (repeated > 0) {
            skipRepeated(count);
        } else {
            packedNext += count;
        }
        return count;
    }

    private void nextRun() {
        if (limit == 0) {
            throw packed.outside();
        }
        while (repeated == 0 && packedNext == packedEnd) {
            int header = varint();
            int count = header >>> 1;
            if ((header & 1) == 0) {
                repeated = count;
                repeatedValue = fixedWidth();
            } else {
                // The last run may be cut short where its padding would be.
                long size = Math.min((long) count * width, end - at);
                packedStart = at;
                packedNext = 0;
                packedEnd = Math.min(count * 8L, size * 8 / width);
                at += (int) size;
            }
        }
    }

    private int varint() {
        int value = 0;
        for (int shift = 0; shift < 32; shift += 7) {
            if (at >= end) {
                throw new Malformed("has a page with fewer values than it says");
            }
            int b = bytes[at++];
            value |= (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new Malformed("has a run of impossible length");
    }

    private int fixedWidth() {
        int size = (width + 7) >>> 3;
        if (size > end - at) {
            throw new Malformed("has a page that ends within a run");
        }
        int value = 0;
        for (int i = 0; i < size; i++) {
            value |= (bytes[at++] & 0xff) << (8 * i);
        }
        if (width < Integer.SIZE && value >>> width != 0) {
            throw new Malformed("has a run of a value that takes more than its " + width + " bits");
        }
        if (Integer.compareUnsigned(value, limit) >= 0) {
            throw packed.outside();
        }
        return value;
    }
}
