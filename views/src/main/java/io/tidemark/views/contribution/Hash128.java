package io.tidemark.views.contribution;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * MurmurHash3, x64, 128 bits, seed 0: spreads well, and two values in a thousand million share a hash with a chance below
 * 10<sup>-20</sup>. Not made against someone who looks for collisions.
 *
 * @see <a href="https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp">MurmurHash3</a>
 */
final class Hash128 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private long high;
    private long low;

    /** First half of the last hash. */
    long high() {
        return high;
    }

    /** Second half of the last hash. */
    long low() {
        return low;
    }

    /** Hashes a part of an array; the outcome is kept here until the next call. */
    void of(byte[] bytes, int offset, int length) {
        long h1 = 0;
        long h2 = 0;
        int blocksEnd = offset + (length & ~15);
        for (int i = offset; i < blocksEnd; i += 16) {
            h1 ^= mix1((long) LONGS.get(bytes, i));
            h1 = Long.rotateLeft(h1, 27) + h2;
            h1 = h1 * 5 + 0x52dce729;
            h2 ^= mix2((long) LONGS.get(bytes, i + 8));
            h2 = Long.rotateLeft(h2, 31) + h1;
            h2 = h2 * 5 + 0x38495ab5;
        }
        int rest = length & 15;
        if (rest > 8) {
            h2 ^= mix2(tail(bytes, blocksEnd + 8, rest - 8));
        }
        if (rest > 0) {
            h1 ^= mix1(tail(bytes, blocksEnd, Math.min(rest, 8)));
        }
        h1 ^= length;
        h2 ^= length;
        h1 += h2;
        h2 += h1;
        h1 = finish(h1);
        h2 = finish(h2);
        h1 += h2;
        h2 += h1;
        high = h1;
        low = h2;
    }

    private static long tail(byte[] bytes, int offset, int length) {
        long k = 0;
        for (int i = length - 1; i >= 0; i--) {
            k = k << 8 | (bytes[offset + i] & 0xff);
        }
        return k;
    }

    private static long mix1(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mix2(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    static long finish(long k) {
        long x = k;
        x ^= x >>> 33;
        x *= 0xff51afd7ed558ccdL;
        x ^= x >>> 33;
        x *= 0xc4ceb9fe1a85ec53L;
        x ^= x >>> 33;
        return x;
    }
}
