package io.tidemark.views.cube;

import java.util.ArrayList;
import java.util.List;

/**
 * What a cube takes on the heap, with what is always made of it: the unfiltered roll-up of the live socket, and one page. An
 * estimate in bytes, rather too high than too low, for 64 bits with compressed references.
 *
 * @param dimensions the values of each dimension
 * @param combinations tuples of values, and sums by tuple and by pair
 * @param hours blocks without their cells, and sums by hour
 * @param cells of all hours
 */
public record Footprint(List<Long> dimensions, long combinations, long hours, long cells) {
    /** Text, entry of the map, place in the array; and two sums. */
    private static final long VALUE = 120 + 2 * Footprint.SUM;

    /** A key and a sum in a table that is between three eighths and three quarters full. */
    private static final long SUM = 45;

    /** Block with its two arrays, and two sums. */
    private static final long HOUR = Footprint.BLOCK + 2 * Footprint.SUM;

    private static final long BLOCK = 100;

    /** Combination and count; and, for filters, once more by combination, where up to half of the places are empty. */
    private static final long CELL = 16;

    public Footprint {
        dimensions = List.copyOf(dimensions);
    }

    public static Footprint of(Dictionary dictionary, Cube cube) {
        return of(dictionary, cube.size(), cube.mostCellsKept(dictionary.combinations()));
    }

    /** @param cells with those of the sums that are made of them */
    public static Footprint of(Dictionary dictionary, long hours, long cells) {
        List<Long> dimensions = new ArrayList<>();
        for (int d = 0; d < dictionary.dimensions(); d++) {
            dimensions.add(dictionary.values(d) * VALUE + dictionary.textBytes(d));
        }
        long tuples = dictionary.combinations();
        long pairs =
                dictionary.dimensions() < 2 ? 0 : Math.min(tuples, (long) dictionary.values(0) * dictionary.values(1));
        long perTuple = 6L * dictionary.dimensions() + 32;
        return new Footprint(dimensions, tuples * perTuple + pairs * 2 * SUM, hours * HOUR, cells * CELL);
    }

    /** This, and so much more for a step that is being made. */
    public Footprint plus(CubeDelta.Builder step) {
        long stepHours = step.hours() * CubeDelta.Builder.HOUR_BYTES;
        return new Footprint(dimensions, combinations, hours + stepHours, cells + step.heapBytes() - stepHours);
    }

    /** This, and so much more for a file's blocks. */
    public Footprint plus(FileCounts file) {
        return new Footprint(
                dimensions,
                combinations,
                hours + file.differentHours() * BLOCK,
                cells + file.cells().length * CELL + 8L * file.distinct().length);
    }

    public long total() {
        return dimensions.stream().mapToLong(Long::longValue).sum() + combinations + hours + cells;
    }
}
