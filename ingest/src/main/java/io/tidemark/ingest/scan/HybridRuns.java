package io.tidemark.ingest.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads the hybrid of run-length encoding and bit packing that dictionary indices, levels and booleans come in.
 *
 * <p>The array must have {@link ByteBudget#SLACK} readable bytes after {@code end}: values are loaded eight bytes at a time.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/Encodings.md#RLE">Run Length Encoding</a>
 */
final class HybridRuns {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int at;
    private int end;
    private int width;

    private int repeated;
    private int repeatedValue;

    private int packedStart;
    private long packedNext;
    private long packedEnd;

    /** Begins with the runs in a range of an array, of values of {@code width} bits. */
    void start(byte[] from, int begin, int stop, int bits) {
        if (bits < 0 || bits > 32) {
            throw new Malformed("has values of " + bits + " bits, where at most 32 are possible");
        }
        bytes = from;
        at = begin;
        end = stop;
        width = bits;
        repeated = bits == 0 ? Integer.MAX_VALUE : 0;
        repeatedValue = 0;
        packedNext = 0;
        packedEnd = 0;
    }

    /** Begins with bit-packed values alone, without run headers. */
    void startPacked(byte[] from, int begin, int stop, int bits) {
        start(from, begin, stop, bits);
        packedStart = begin;
        packedEnd = (stop - begin) * 8L / bits;
        at = stop;
    }

    /** Bits of a value: none has more. */
    int width() {
        return width;
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
        int left = count;
        int to = offset;
        while (left > 0) {
            int take;
            if (repeats(1)) {
                take = Math.min(left, repeated);
                Arrays.fill(out, to, to + take, repeatedValue + bias);
                skipRepeated(take);
            } else {
                take = (int) Math.min(left, packedEnd - packedNext);
                unpack(out, to, take, bias);
                packedNext += take;
            }
            to += take;
            left -= take;
        }
    }

    private void nextRun() {
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
        return value;
    }

    /** The hot loop: whole groups of eight values with one or two loads each, the rest one by one. */
    private void unpack(int[] out, int offset, int count, int bias) {
        int to = offset;
        int stop = offset + count;
        long index = packedNext;
        while (to < stop && (index & 7) != 0) {
            out[to++] = one(index++) + bias;
        }
        int groups = (stop - to) >>> 3;
        int from = packedStart + (int) ((index >>> 3) * width);
        if (width <= 8) {
            unpackNarrow(bytes, from, width, out, to, groups, bias);
        } else if (width <= 16) {
            unpackMedium(bytes, from, width, out, to, groups, bias);
        } else {
            groups = 0;
        }
        to += groups << 3;
        index += (long) groups << 3;
        while (to < stop) {
            out[to++] = one(index++) + bias;
        }
    }

    private int one(long index) {
        long bit = index * width;
        long word = (long) LONG.get(bytes, packedStart + (int) (bit >>> 3));
        return (int) (word >>> (bit & 7)) & (int) (-1L >>> (64 - width));
    }

    /** Up to 8 bits: a group of eight values is within one load. */
    private static void unpackNarrow(byte[] bytes, int from, int width, int[] out, int to, int groups, int bias) {
        int mask = (1 << width) - 1;
        int at = from;
        int o = to;
        for (int g = 0; g < groups; g++) {
            long word = (long) LONG.get(bytes, at);
            out[o] = ((int) word & mask) + bias;
            out[o + 1] = ((int) (word >>> width) & mask) + bias;
            out[o + 2] = ((int) (word >>> (2 * width)) & mask) + bias;
            out[o + 3] = ((int) (word >>> (3 * width)) & mask) + bias;
            out[o + 4] = ((int) (word >>> (4 * width)) & mask) + bias;
            out[o + 5] = ((int) (word >>> (5 * width)) & mask) + bias;
            out[o + 6] = ((int) (word >>> (6 * width)) & mask) + bias;
            out[o + 7] = ((int) (word >>> (7 * width)) & mask) + bias;
            at += width;
            o += 8;
        }
    }

    /** Up to 16 bits: half a group is within one load. The second half may begin amid a byte. */
    private static void unpackMedium(byte[] bytes, int from, int width, int[] out, int to, int groups, int bias) {
        int mask = (1 << width) - 1;
        int half = (4 * width) >>> 3;
        int shift = (4 * width) & 7;
        int at = from;
        int o = to;
        for (int g = 0; g < groups; g++) {
            long low = (long) LONG.get(bytes, at);
            long high = (long) LONG.get(bytes, at + half) >>> shift;
            out[o] = ((int) low & mask) + bias;
            out[o + 1] = ((int) (low >>> width) & mask) + bias;
            out[o + 2] = ((int) (low >>> (2 * width)) & mask) + bias;
            out[o + 3] = ((int) (low >>> (3 * width)) & mask) + bias;
            out[o + 4] = ((int) high & mask) + bias;
            out[o + 5] = ((int) (high >>> width) & mask) + bias;
            out[o + 6] = ((int) (high >>> (2 * width)) & mask) + bias;
            out[o + 7] = ((int) (high >>> (3 * width)) & mask) + bias;
            at += width;
            o += 8;
        }
    }
}
