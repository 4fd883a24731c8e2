package io.tidemark.views.cube;

import java.util.List;

/**
 * Every view of one cube under one filter: counts by hour, by value of each dimension, and of the heatmap. Immutable.
 *
 * <p>All lists are in the order in which they are served: hours ascending; the others by count descending, then value (by code
 * points), null first. No count is zero. Where a view has more groups than may be listed, the first of this order are; of
 * hours, the newest.
 *
 * @param rows that pass the filter
 * @param noTime those among them without a time
 * @param hourly in time order; without the rows that have no time
 * @param dimensions one list a dimension, in the cube's order
 * @param heatmap over the first two dimensions; empty where there are fewer
 * @param values number of distinct non-null values, by dimension
 * @param unlisted what is in no list; with it every view sums up to the rows
 */
public record RollUp(
        long rows,
        long noTime,
        List<HourCount> hourly,
        List<List<ValueCount>> dimensions,
        List<PairCount> heatmap,
        List<Long> values,
        Unlisted unlisted) {
    public RollUp {
        hourly = List.copyOf(hourly);
        dimensions = List.copyOf(dimensions);
        heatmap = List.copyOf(heatmap);
        values = List.copyOf(values);
    }

    /** @param hour hours since the epoch */
    public record HourCount(long hour, long count) {}

    /** @param value null is the null value */
    public record ValueCount(String value, long count) {}

    /** @param first value of the first dimension; null is the null value */
    public record PairCount(String first, String second, long count) {}

    /** As below, with every group listed. */
    public static RollUp of(CubeSpec spec, Cube cube, Combinations combinations, Filter filter) {
        return of(spec, cube, combinations, filter, ServedLimits.NONE);
    }

    /**
     * Rolls a cube up.
     *
     * @param spec names the dimensions that the filter speaks of
     * @param filter on whole hours
     * @throws IllegalArgumentException if the filter is not on whole hours, or names a dimension that is not there
     */
    public static RollUp of(CubeSpec spec, Cube cube, Combinations combinations, Filter filter, ServedLimits limits) {
        Groups groups = new Groups(combinations, limits);
        Pass pass = new Pass(new Selection(spec, filter), cube, combinations, groups);
        return groups.whole(pass.rows, pass.noTime);
    }

    /**
     * One pass over the cells: sums by hour and by combination. Every other view is a sum over combinations, of which there
     * are few. Sums by combination are ready for whole chunks of the cube; sums by hour are where all combinations pass.
     */
    static final class Pass {
        long rows;
        long noTime;
        private final Groups groups;
        private final long[] byCombination;
        private final long[] masks;
        private final boolean allCombinations;

        /** @param groups take the sums */
        Pass(Selection selection, Cube cube, Combinations combinations, Groups groups) {
            this.groups = groups;
            byCombination = new long[combinations.size()];
            masks = selection.masks(combinations);
            allCombinations = selection.acceptsEveryCombination();
            long from = selection.fromHour();
            long to = selection.toHour();
            if (from == HourBlock.NO_TIME) {
                cube.block(HourBlock.NO_TIME).ifPresent(block -> {
                    block.addTo(byCombination);
                    noTime = rowsOf(block);
                    rows = noTime;
                });
            }
            cube.forEachChunk(from, to, chunk -> {
                if (!chunk.isWithin(from, to)) {
                    chunk.forEach(from, to, block -> {
                        block.addTo(byCombination);
                        addHour(block.hour(), rowsOf(block));
                    });
                    return;
                }
                chunk.sum().addTo(byCombination);
                if (allCombinations) {
                    chunk.forEach(from, to, block -> addHour(block.hour(), block.rows()));
                } else {
                    chunk.forEachHour(masks, this::addHour);
                }
            });
            for (int c = 0; c < byCombination.length; c++) {
                long n = byCombination[c] & masks[c];
                if (n != 0) {
                    groups.load(c, n);
                }
            }
        }

        private void addHour(long hour, long n) {
            if (n != 0) {
                rows = Math.addExact(rows, n);
                groups.loadHour(hour, n);
            }
        }

        private long rowsOf(HourBlock block) {
            return allCombinations ? block.rows() : block.rows(masks);
        }
    }
}
