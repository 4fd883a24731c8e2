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
    private int limit;

    /** Every second value of a load, the number that carries a value of {@link #limit} or more out of its bits, and where to. */
    private long everySecond;

    private long toLimit;
    private long carries;

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
        layOutCheck();
        repeated = bits == 0 && allowed > 0 ? Integer.MAX_VALUE : 0;
        repeatedValue = 0;
        packedNext = 0;
        packedEnd = 0;
    }

    /** Where the bits cannot say too much, nothing is added and nothing carries. */
    private void layOutCheck() {
        everySecond = 0;
        toLimit = 0;
        carries = 0;
        if (width > 16 || 1 << width <= limit) {
            return;
        }
        int values = width <= 8 ? 8 : 4;
        for (int i = 0; i < values; i += 2) {
            everySecond |= ((1L << width) - 1) << (i * width);
            toLimit |= ((1L << width) - limit) << (i * width);
            carries |= 1L << ((i + 1) * width);
        }
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
        if (limit == 0) {
            throw outside();
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
            throw outside();
        }
        return value;
    }

    private Malformed outside() {
        return new Malformed("has a value outside its dictionary of " + limit);
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
        long carried = 0;
        if (width <= 8) {
            carried = unpackNarrow(from, out, to, groups, bias);
        } else if (width <= 16) {
            carried = unpackMedium(from, out, to, groups, bias);
        } else {
            groups = 0;
        }
        if ((carried & carries) != 0) {
            throw outside();
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
        int value = (int) (word >>> (bit & 7)) & (int) (-1L >>> (64 - width));
        if (Integer.compareUnsigned(value, limit) >= 0) {
            throw outside();
        }
        return value;
    }

    /**
     * Up to 8 bits: a group of eight values is within one load.
     *
     * <p>All eight are held against the limit at once: every second one has the bits of its neighbour free, into which it
     * carries if it is too large.
     *
     * @return what carried, among other bits
     */
    private long unpackNarrow(int from, int[] out, int to, int groups, int bias) {
        byte[] packed = bytes;
        int w = width;
        int mask = (1 << w) - 1;
        long half = everySecond;
        long add = toLimit;
        long carried = 0;
        int at = from;
        int o = to;
        for (int g = 0; g < groups; g++) {
            long word = (long) LONG.get(packed, at);
            carried |= (word & half) + add | (word >>> w & half) + add;
            out[o] = ((int) word & mask) + bias;
            word >>>= w;
            out[o + 1] = ((int) word & mask) + bias;
            word >>>= w;
            out[o + 2] = ((int) word & mask) + bias;
            word >>>= w;
            out[o + 3] = ((int) word & mask) + bias;
            word >>>= w;
            out[o + 4] = ((int) word & mask) + bias;
            word >>>= w;
            out[o + 5] = ((int) word & mask) + bias;
            word >>>= w;
            out[o + 6] = ((int) word & mask) + bias;
            word >>>= w;
            out[o + 7] = ((int) word & mask) + bias;
            at += w;
            o += 8;
        }
        return carried;
    }

    /** Up to 16 bits: half a group is within one load. The second half may begin amid a byte. */
    private long unpackMedium(int from, int[] out, int to, int groups, int bias) {
        byte[] packed = bytes;
        int w = width;
        int mask = (1 << w) - 1;
        int second = (4 * w) >>> 3;
        int shift = (4 * w) & 7;
        long half = everySecond;
        long add = toLimit;
        long carried = 0;
        int at = from;
        int o = to;
        for (int g = 0; g < groups; g++) {
            long low = (long) LONG.get(packed, at);
            long high = (long) LONG.get(packed, at + second) >>> shift;
            carried |= (low & half) + add | (low >>> w & half) + add | (high & half) + add | (high >>> w & half) + add;
            out[o] = ((int) low & mask) + bias;
            low >>>= w;
            out[o + 1] = ((int) low & mask) + bias;
            low >>>= w;
            out[o + 2] = ((int) low & mask) + bias;
            low >>>= w;
            out[o + 3] = ((int) low & mask) + bias;
            out[o + 4] = ((int) high & mask) + bias;
            high >>>= w;
            out[o + 5] = ((int) high & mask) + bias;
            high >>>= w;
            out[o + 6] = ((int) high & mask) + bias;
            high >>>= w;
            out[o + 7] = ((int) high & mask) + bias;
            at += w;
            o += 8;
        }
        return carried;
    }
}
