package io.tidemark.ingest.scan;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Writes numbers digit by digit and without an object, where that is simple. */
final class NumberText {
    private static final int MAX_DECIMALS = 6;
    private static final double LEAST = 1e-3;
    private static final double TOO_LARGE = 1e7;

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
            System.arraycopy(text, end - scale, text, end - scale + 1, scale);
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
                long scaled = Math.round(magnitude * power);
                if ((double) scaled / power == magnitude) {
                    return decimal(value < 0 ? -scaled : scaled, decimals, text);
                }
            }
        }
        return put(Double.toString(value), text);
    }

    /** Returns the end. */
    private static int digits(long value, int atLeast, byte[] text, int at) {
        int length = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            length++;
        }
        length = Math.max(length, atLeast);
        long rest = value;
        for (int i = at + length - 1; i >= at; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + length;
    }

    private static int put(String value, byte[] text) {
        byte[] ascii = value.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(ascii, 0, text, 0, ascii.length);
        return ascii.length;
    }
}
