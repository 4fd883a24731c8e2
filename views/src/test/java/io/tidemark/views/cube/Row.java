package io.tidemark.views.cube;

import java.util.List;
import java.util.Random;

/**
 * One row of a made-up table.
 *
 * @param hour or {@link HourBlock#NO_TIME}
 * @param values by dimension; may hold nulls
 * @param session null or empty: none
 */
public record Row(long hour, List<String> values, String session) {

    /** Sizes of the value sets are uneven, so that some combinations are common and others rare. */
    public static Row random(Random random, int dimensions, int hours, int sessions) {
        String[] values = new String[dimensions];
        for (int d = 0; d < dimensions; d++) {
            int n = random.nextInt(2 + 3 * d + random.nextInt(3));
            values[d] = n == 0 ? null : n == 1 ? "" : "d" + d + "v" + n;
        }
        long hour = random.nextInt(20) == 0 ? HourBlock.NO_TIME : random.nextInt(hours) - hours / 2;
        String session = random.nextInt(10) == 0 ? (random.nextBoolean() ? null : "") : "s" + random.nextInt(sessions);
        return new Row(hour, java.util.Arrays.asList(values), session);
    }
}
