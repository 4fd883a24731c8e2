package io.tidemark.views.cube;

/** How many rows of a cube pass a filter, and nothing else of a roll-up: keeps nothing, and costs far less. */
public final class FilteredRows {
    private final Cube cube;
    private final Selection selection;
    private final long[] masks; // null: every combination passes
    private long rows;

    private FilteredRows(CubeSpec spec, Cube cube, Combinations combinations, Filter filter) {
        this.cube = cube;
        this.selection = new Selection(spec, filter);
        this.masks = selection.acceptsEveryCombination() ? null : selection.masks(combinations);
    }

    /**
     * Rows that pass; those without a time are among them if the filter has no range.
     *
     * @param filter on whole hours
     * @throws IllegalArgumentException if the filter is not on whole hours, or names a dimension that is not there
     */
    public static long count(CubeSpec spec, Cube cube, Combinations combinations, Filter filter) {
        FilteredRows counted = new FilteredRows(spec, cube, combinations, filter);
        return counted.between(counted.selection.fromHour(), counted.selection.toHour());
    }

    /** As {@link #count}, of the hours {@code fromHour <= hour < toHour} only. */
    public static long count(
            CubeSpec spec, Cube cube, Combinations combinations, Filter filter, long fromHour, long toHour) {
        FilteredRows counted = new FilteredRows(spec, cube, combinations, filter);
        return counted.between(
                Math.max(fromHour, counted.selection.fromHour()), Math.min(toHour, counted.selection.toHour()));
    }

    private long between(long from, long to) {
        if (from == HourBlock.NO_TIME) {
            cube.block(HourBlock.NO_TIME).ifPresent(this::add);
        }
        // NO_TIME is the first hour of all: a range that is empty the other way round must not reach the chunks.
        if (from < to) {
            cube.forEachChunk(from, to, chunk -> {
                if (masks != null && chunk.isWithin(from, to)) {
                    add(chunk.sum());
                } else {
                    chunk.forEach(from, to, this::add);
                }
            });
        }
        return rows;
    }

    private void add(HourBlock block) {
        rows = Math.addExact(rows, masks == null ? block.rows() : block.rows(masks));
    }
}
