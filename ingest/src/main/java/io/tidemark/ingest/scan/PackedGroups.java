package io.tidemark.ingest.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Unpacks bit-packed values, the first in the lowest bits: whole groups of eight with one or two loads each, the rest one by one.
 * The hot loops of dictionary indices.
 *
 * <p>All values of a load are held against the limit at once: every second one has the bits of its neighbour free, into which it
 * carries if it is too large.
 *
 * <p>The array must have {@link ByteBudget#SLACK} readable bytes after the last value: loads are of eight bytes.
 */
final class PackedGroups {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;

    private byte[] bytes;
    private int width;
    private int limit;

    /** Every second value of a load, the number that carries a value of {@link #limit} or more out of its bits, and where to. */
    private long everySecond;

    private long toLimit;
    private long carries;

    /**
     * @param bits of each value, at most 32
     * @param allowed how many different values there may be: one that is not below it is {@link Malformed}
     */
    void start(byte[] from, int bits, int allowed) {
        bytes = from;
        width = bits;
        limit = allowed;
        everySecond = 0;
        toLimit = 0;
        carries = 0;
        // Where the bits cannot say too much, nothing is added and nothing carries.
        if (bits > 16 || 1 << bits <= allowed) {
            return;
        }
        int values = bits <= 8 ? 8 : 4;
        for (int i = 0; i < values; i += 2) {
            everySecond |= ((1L << bits) - 1) << (i * bits);
            toLimit |= ((1L << bits) - allowed) << (i * bits);
            carries |= 1L << ((i + 1) * bits);
        }
    }

    Malformed outside() {
        return new Malformed("has a value outside its dictionary of " + limit);
    }

    /**
     * Unpacks into ints.
     *
     * @param start where value number 0 begins
     * @param first number of the first value
     * @param bias added to each
     */
    void unpack(int start, long first, int[] out, int offset, int count, int bias) {
        int to = offset;
        int stop = offset + count;
        long index = first;
        while (to < stop && (index & 7) != 0) {
            out[to++] = one(start, index++) + bias;
        }
        int groups = width <= 16 ? (stop - to) >>> 3 : 0;
        int from = start + (int) ((index >>> 3) * width);
        check(width <= 8 ? narrow(from, out, to, groups, bias) : medium(from, out, to, groups, bias));
        to += groups << 3;
        index += (long) groups << 3;
        while (to < stop) {
            out[to++] = one(start, index++) + bias;
        }
    }

    /** Unpacks values of at most 8 bits into bytes, which with their bias must have no more than that either. */
    void unpack(int start, long first, byte[] out, int offset, int count, int bias) {
        int to = offset;
        int stop = offset + count;
        long index = first;
        while (to < stop && (index & 7) != 0) {
            out[to++] = (byte) (one(start, index++) + bias);
        }
        int groups = (stop - to) >>> 3;
        check(toBytes(start + (int) ((index >>> 3) * width), out, to, groups, bias));
        to += groups << 3;
        index += (long) groups << 3;
        while (to < stop) {
            out[to++] = (byte) (one(start, index++) + bias);
        }
    }

    /**
     * Unpacks only some values into ints.
     *
     * @param wanted by place in {@code out}: 1 for those to unpack; what the others become is of no meaning
     */
    void unpackSome(int start, long first, int[] out, int offset, int count, int bias, byte[] wanted) {
        int stop = offset + count;
        int i = offset;
        while (i < stop) {
            if (i <= stop - 8 && (long) LONG.get(wanted, i) == 0) {
                i += 8;
            } else {
                if (wanted[i] != 0) {
                    out[i] = one(start, first + (i - offset)) + bias;
                }
                i++;
            }
        }
    }

    private void check(long carried) {
        if ((carried & carries) != 0) {
            throw outside();
        }
    }

    private int one(int start, long index) {
        long bit = index * width;
        long word = (long) LONG.get(bytes, start + (int) (bit >>> 3));
        int value = (int) (word >>> (bit & 7)) & (int) (-1L >>> (64 - width));
        if (Integer.compareUnsigned(value, limit) >= 0) {
            throw outside();
        }
        return value;
    }

    /**
     * Up to 8 bits: a group of eight values is within one load.
     *
     * @return what carried, among other bits
     */
    private long narrow(int from, int[] out, int to, int groups, int bias) {
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

    /**
     * Up to 8 bits, each to a byte of its own, all eight at once: the upper four values are moved up to the upper half of a long,
     * then the upper two of each half to its upper quarter, then every second one to the next byte.
     *
     * @return what carried, among other bits
     */
    private long toBytes(int from, byte[] out, int to, int groups, int bias) {
        byte[] packed = bytes;
        int w = width;
        long fours = -1L >>> (64 - 4 * w);
        long twos = (-1L >>> (64 - 2 * w)) * 0x1_0000_0001L;
        long ones = (-1L >>> (64 - w)) * 0x0001_0001_0001_0001L;
        long half = everySecond;
        long add = toLimit;
        long biases = bias * EACH_BYTE;
        long carried = 0;
        int at = from;
        int o = to;
        for (int g = 0; g < groups; g++) {
            long word = (long) LONG.get(packed, at);
            carried |= (word & half) + add | (word >>> w & half) + add;
            word = (word & fours) | (word >>> 4 * w & fours) << 32;
            word = (word & twos) | (word >>> 2 * w & twos) << 16;
            word = (word & ones) | (word >>> w & ones) << 8;
            LONG.set(out, o, word + biases);
            at += w;
            o += 8;
        }
        return carried;
    }

    /** Up to 16 bits: half a group is within one load. The second half may begin amid a byte. */
    private long medium(int from, int[] out, int to, int groups, int bias) {
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
