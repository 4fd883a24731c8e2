package io.tidemark.views.cube;

import java.util.List;

/**
 * Every view of one cube under one filter: counts by hour, by value of each dimension, and of the heatmap. Immutable.
 *
 * <p>All lists are in the order in which they are served: hours ascending; the others by count descending, then value, null
 * first. No count is zero.
 *
 * @param rows that pass the filter
 * @param noTime those among them without a time
 * @param hourly in time order; without the rows that have no time
 * @param dimensions one list a dimension, in the cube's order
 * @param heatmap over the first two dimensions; empty where there are fewer
 */
public record RollUp(
        long rows, long noTime, List<HourCount> hourly, List<List<ValueCount>> dimensions, List<PairCount> heatmap) {

    /** @param hour hours since the epoch */
    public record HourCount(long hour, long count) {}

    /** @param value null is the null value */
    public record ValueCount(String value, long count) {}

    /** @param first value of the first dimension; null is the null value */
    public record PairCount(String first, String second, long count) {}

    /**
     * Rolls a cube up.
     *
     * @param spec names the dimensions that the filter speaks of
     * @param filter on whole hours
     * @throws IllegalArgumentException if the filter is not on whole hours, or names a dimension that is not there
     */
    public static RollUp of(CubeSpec spec, Cube cube, Combinations combinations, Filter filter) {
        throw new UnsupportedOperationException();
    }
}
