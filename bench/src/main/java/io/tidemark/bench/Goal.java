package io.tidemark.bench;

import java.util.Locale;

/**
 * What a number has to reach; those of the table of goals.
 *
 * @param text as in the table of results
 * @param bound the number that is just good enough
 * @param atLeast false: more is worse
 */
public record Goal(String text, double bound, boolean atLeast) {

    /** At least so many times as fast as the peer. */
    public static Goal times(double ratio) {
        return new Goal(String.format(Locale.ROOT, "≥ %sx", number(ratio)), ratio, true);
    }

    public static Goal atMost(double most, String unit) {
        return new Goal("≤ " + number(most) + " " + unit, most, false);
    }

    public boolean isMetBy(double value) {
        return atLeast ? value >= bound : value <= bound;
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
