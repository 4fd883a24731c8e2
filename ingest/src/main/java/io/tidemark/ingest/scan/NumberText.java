package io.tidemark.ingest.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes numbers digit by digit and without an object, where that is simple. */
final class NumberText {
    private static final int MAX_DECIMALS = 6;
    private static final double LEAST = 1e-3;
    private static final double TOO_LARGE = 1e7;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    /** The two digits of each number below 100, the first in the lower byte. */
    static final short[] PAIRS = new short[100];

    static {
        for (int i = 0; i < PAIRS.length; i++) {
            PAIRS[i] = (short) ('0' + i / 10 | ('0' + i % 10) << 8);
        }
    }

    private NumberText() {}

    static int integer(long value, byte[] text) {
        if (value == Long.MIN_VALUE) {
            return put(Long.toString(value), text);
        }
        if (value < 0) {
            text[0] = '-';
            return digits(-value, 1, text, 1);
        }
        return digits(value, 1, text, 0);
    }

    /** A decimal of so many digits after the point as {@code toPlainString} of a {@code BigDecimal} gives. */
    static int decimal(long unscaled, int scale, byte[] text) {
        if (unscaled == Long.MIN_VALUE) {
            return put(BigDecimal.valueOf(unscaled, scale).toPlainString(), text);
        }
        int at = 0;
        long magnitude = unscaled;
        if (unscaled < 0) {
            text[at++] = '-';
            magnitude = -unscaled;
        }
        int end = digits(magnitude, scale + 1, text, at);
        if (scale > 0) {
            for (int i = end; i > end - scale; i--) {
                text[i] = text[i - 1];
            }
            text[end - scale] = '.';
            end++;
        }
        return end;
    }

    /** As {@link Double#toString(double)}, which is slow: numbers with few decimals are found without it. */
    static int floating(double value, byte[] text) {
        double magnitude = Math.abs(value);
        if (magnitude >= LEAST && magnitude < TOO_LARGE) {
            long power = 10;
            for (int decimals = 1; decimals <= MAX_DECIMALS; decimals++, power *= 10) {
                // Both are exact, so that their quotient is the double nearest to the decimal.
                long scaled = (long) (magnitude * power + 0.5);
                if ((double) scaled / power == magnitude) {
                    return decimal(value < 0 ? -scaled : scaled, decimals, text);
                }
            }
        }
        return put(Double.toString(value), text);
    }

    /** Returns the end. */
    private static int digits(long value, int atLeast, byte[] text, int at) {
        int end = at + Math.max(length(value), atLeast);
        int i = end;
        long rest = value;
        while (rest > Integer.MAX_VALUE) {
            long hundreds = rest / 100;
            i -= 2;
            SHORT.set(text, i, PAIRS[(int) (rest - hundreds * 100)]);
            rest = hundreds;
        }
        int small = (int) rest;
        while (small >= 10) {
            int hundreds = small / 100;
            i -= 2;
            SHORT.set(text, i, PAIRS[small - hundreds * 100]);
            small = hundreds;
        }
        if (small > 0) {
            text[--i] = (byte) ('0' + small);
        }
        while (i > at) {
            text[--i] = '0';
        }
        return end;
    }

    private static int length(long value) {
        int length = 1;
        for (long power = 10; length < 19 && value >= power; power *= 10) {
            length++;
        }
        return length;
    }

    private static int put(String value, byte[] text) {
        byte[] ascii = value.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(ascii, 0, text, 0, ascii.length);
        return ascii.length;
    }
}
