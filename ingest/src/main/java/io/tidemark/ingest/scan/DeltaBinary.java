package io.tidemark.ingest.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads DELTA_BINARY_PACKED integers, one miniblock at a time.
 *
 * <p>The array must have {@link ByteBudget#SLACK} readable bytes after {@code end}.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/Encodings.md#DELTAENC">Delta encoding</a>
 */
final class DeltaBinary {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_BLOCK = 1 << 20;
    private static final int MAX_MINIBLOCKS = 1 << 10;

    private byte[] bytes;
    private int at;
    private int end;

    private int perMiniblock;
    private int miniblocks;
    private int widthsAt;
    private int nextMiniblock;

    /** Values not yet decoded; those decoded wait in {@link #decoded}. */
    private long valuesLeft;

    private long last;
    private long minDelta;
    private long[] decoded = {};
    private int decodedNext;
    private int decodedEnd;

    void start(ByteBudget budget, byte[] from, int begin, int stop) {
        bytes = from;
        at = begin;
        end = stop;
        long block = varint();
        long count = varint();
        valuesLeft = varint();
        last = zigzag();
        boolean sane = block > 0 && block <= MAX_BLOCK && count > 0 && count <= MAX_MINIBLOCKS && block % count == 0;
        if (!sane || (block / count) % 8 != 0 || valuesLeft < 0 || valuesLeft > Integer.MAX_VALUE) {
            throw new Malformed("has a delta-encoded page with an impossible header");
        }
        miniblocks = (int) count;
        perMiniblock = (int) (block / count);
        nextMiniblock = miniblocks;
        decoded = budget.extend(decoded, perMiniblock);
        // The first value is in the header: it is the whole of a first "miniblock".
        decodedNext = 0;
        decodedEnd = valuesLeft > 0 ? 1 : 0;
        decoded[0] = last;
        valuesLeft -= decodedEnd;
    }

    /** Number of values that have not been read. */
    long remaining() {
        return valuesLeft + decodedEnd - decodedNext;
    }

    void read(long[] out, int offset, int count) {
        int to = offset;
        int left = count;
        while (left > 0) {
            if (decodedNext == decodedEnd) {
                decodeMiniblock();
            }
            int take = Math.min(left, decodedEnd - decodedNext);
            System.arraycopy(decoded, decodedNext, out, to, take);
            decodedNext += take;
            to += take;
            left -= take;
        }
    }

    int readInt() {
        if (decodedNext == decodedEnd) {
            decodeMiniblock();
        }
        return (int) decoded[decodedNext++];
    }

    /** Position after the last value, found from the widths alone; to be asked before anything is read. */
    int findEnd() {
        int from = at;
        long left = valuesLeft;
        while (left > 0) {
            startBlock();
            for (int i = 0; i < miniblocks && left > 0; i++, left -= perMiniblock) {
                advance(bytes[widthsAt + i]);
            }
        }
        int found = at;
        at = from;
        nextMiniblock = miniblocks;
        return found;
    }

    private void startBlock() {
        minDelta = zigzag();
        widthsAt = at;
        if (miniblocks > end - at) {
            throw tooShort();
        }
        at += miniblocks;
        nextMiniblock = 0;
    }

    private void advance(int width) {
        if (width < 0 || width > 64) {
            throw new Malformed("has a delta-encoded page with values of " + width + " bits");
        }
        long size = (long) perMiniblock * width / 8;
        if (size > end - at) {
            throw tooShort();
        }
        at += (int) size;
    }

    private void decodeMiniblock() {
        if (valuesLeft <= 0) {
            throw tooShort();
        }
        if (nextMiniblock == miniblocks) {
            startBlock();
        }
        int width = bytes[widthsAt + nextMiniblock++];
        int from = at;
        advance(width);
        int count = (int) Math.min(perMiniblock, valuesLeft);
        if (width == 0) {
            repeatDelta(count);
        } else if (width <= 56) {
            unpack(from, width, count);
        } else {
            unpackWide(from, width, count);
        }
        last = decoded[count - 1];
        decodedNext = 0;
        decodedEnd = count;
        valuesLeft -= count;
    }

    private void repeatDelta(int count) {
        long value = last;
        for (int i = 0; i < count; i++) {
            value += minDelta;
            decoded[i] = value;
        }
    }

    /** The hot loop. A value of up to 56 bits that begins amid a byte is still within one load. */
    private void unpack(int from, int width, int count) {
        byte[] source = bytes;
        long[] out = decoded;
        long mask = -1L >>> (64 - width);
        long value = last;
        long step = minDelta;
        int bit = 0;
        for (int i = 0; i < count; i++, bit += width) {
            long word = (long) LONG.get(source, from + (bit >>> 3));
            value += step + ((word >>> (bit & 7)) & mask);
            out[i] = value;
        }
    }

    private void unpackWide(int from, int width, int count) {
        long mask = -1L >>> (64 - width);
        long value = last;
        int bit = 0;
        for (int i = 0; i < count; i++, bit += width) {
            int byteAt = from + (bit >>> 3);
            int shift = bit & 7;
            long word = (long) LONG.get(bytes, byteAt) >>> shift;
            if (shift + width > 64) {
                word |= (bytes[byteAt + 8] & 0xffL) << (64 - shift);
            }
            value += minDelta + (word & mask);
            decoded[i] = value;
        }
    }

    private long zigzag() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw tooShort();
            }
            int b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new Malformed("has a delta-encoded page with an impossible header");
    }

    private static Malformed tooShort() {
        return new Malformed("has a page with fewer values than it says");
    }
}
