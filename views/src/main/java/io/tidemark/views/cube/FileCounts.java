package io.tidemark.views.cube;

import java.util.List;

/**
 * What one file holds, in terms of values and not of a table's ordinals: the result of counting it, before it is known to
 * any dictionary. Self-contained, so that it may be computed on any thread or machine.
 *
 * @param rows live rows of the file; the sum of all counts
 * @param values per dimension, the values that occur by local ordinal; at ordinal 0 is null (the null value), elsewhere never
 * @param combinations per local combination, one local ordinal for each dimension; each combination once
 * @param hours of cell {@code i}: ascending; {@link HourBlock#NO_TIME} first
 * @param cells local combination of cell {@code i}; within an hour each once
 * @param counts of cell {@code i}; positive
 * @param distinct 96-bit hashes of the distinct values, each as two longs: its first 64 bits, then the other 32 followed by
 *     zeros; sorted as unsigned 128-bit numbers, each once; null and the empty text are no value
 */
public record FileCounts(
        long rows,
        List<String[]> values,
        int[][] combinations,
        long[] hours,
        int[] cells,
        long[] counts,
        long[] distinct) {
    /** Number of different hours, no time among them. */
    public int differentHours() {
        int different = 0;
        for (int i = 0; i < hours.length; i++) {
            different += i == 0 || hours[i] != hours[i - 1] ? 1 : 0;
        }
        return different;
    }
}
