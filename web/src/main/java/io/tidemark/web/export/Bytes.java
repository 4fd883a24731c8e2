package io.tidemark.web.export;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Looks at text in UTF-8, eight bytes at a time: eight more than it has must be readable. */
final class Bytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private Bytes() {}

    /** True if no byte is a control character, one of these two, or outside of ASCII. */
    static boolean isPlain(byte[] from, int at, int length, char first, char second) {
        long a = ONES * first;
        long b = ONES * second;
        long found = 0;
        int left = length;
        int p = at;
        for (; left > 0; left -= Long.BYTES, p += Long.BYTES) {
            long word = (long) LONG.get(from, p);
            long special = zeros(word ^ a) | zeros(word ^ b) | ((word - ONES * 0x20) & ~word) | word;
            // Of the last word, only the bytes that are the text's.
            found |= special & HIGHS & (left >= Long.BYTES ? -1L : -1L >>> (64 - 8 * left));
        }
        return found == 0;
    }

    /** The highest bit of each byte that is 0, and maybe of bytes after one that is. */
    private static long zeros(long word) {
        return (word - ONES) & ~word;
    }

    /** With the slack that reading eight bytes at a time asks for. */
    static byte[] padded(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length + Long.BYTES);
    }

    /** True if the bytes are UTF-8: no overlong form, no surrogate, nothing above U+10FFFF, nothing cut off. */
    static boolean isUtf8(byte[] from, int at, int length) {
        int end = at + length;
        int p = at;
        while (p < end) {
            int b = from[p++];
            if (b >= 0) {
                continue;
            }
            int more = b >= (byte) 0xc2 && b < (byte) 0xe0
                    ? 1
                    : b < (byte) 0xf0 && b >= (byte) 0xe0 ? 2 : b < (byte) 0xf5 && b >= (byte) 0xf0 ? 3 : 0;
            if (more == 0 || more > end - p) {
                return false;
            }
            int second = from[p] & 0xff;
            int least = b == (byte) 0xe0 ? 0xa0 : b == (byte) 0xf0 ? 0x90 : 0x80;
            int greatest = b == (byte) 0xed ? 0x9f : b == (byte) 0xf4 ? 0x8f : 0xbf;
            if (second < least || second > greatest) {
                return false;
            }
            for (int i = 1; i < more; i++) {
                if ((from[p + i] & 0xc0) != 0x80) {
                    return false;
                }
            }
            p += more;
        }
        return true;
    }
}
