package io.tidemark.views.quality;

import io.tidemark.views.cube.Combinations;
import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.HourBlock;

/** Which values of the dimensions some live row has: the dictionary knows all that ever occurred. */
final class LiveValues {

    private LiveValues() {}

    /** Number of values by dimension, null not among them. Goes over all cells. */
    static int[] count(Cube cube, Combinations combinations) {
        boolean[] live = new boolean[combinations.size()];
        cube.forEach(HourBlock.NO_TIME, Long.MAX_VALUE, block -> {
            for (int i = 0; i < block.size(); i++) {
                live[block.combination(i)] = true;
            }
        });
        int[] counts = new int[combinations.dimensions()];
        for (int dimension = 0; dimension < counts.length; dimension++) {
            boolean[] seen = new boolean[combinations.values(dimension)];
            seen[Combinations.NULL] = true;
            for (int id = 0; id < live.length; id++) {
                int ordinal = combinations.ordinal(id, dimension);
                if (live[id] && !seen[ordinal]) {
                    seen[ordinal] = true;
                    counts[dimension]++;
                }
            }
        }
        return counts;
    }
}
