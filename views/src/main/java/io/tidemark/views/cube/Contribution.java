package io.tidemark.views.cube;

import java.util.List;

/**
 * What one logical file adds to the views, in a table's own ordinals: what the ledger keeps, and what is taken back when the
 * file leaves.
 *
 * @param rows live rows of the file; the sum of all counts
 * @param bytes size of the data file
 * @param blocks cells by hour, ascending; counts positive; unmodifiable
 * @param distinct as {@link FileCounts#distinct()}; not copied
 */
public record Contribution(long rows, long bytes, List<HourBlock> blocks, long[] distinct) {
    public Contribution {
        blocks = List.copyOf(SortedBlocks.checked(blocks));
        long counted = 0;
        for (HourBlock block : blocks) {
            if (!block.isPositive()) {
                throw new IllegalArgumentException(block + " has negative counts");
            }
            counted = Math.addExact(counted, block.rows());
        }
        if (counted != rows) {
            throw new IllegalArgumentException("a file of " + rows + " rows was counted as " + counted);
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("a file of " + bytes + " bytes");
        }
        checkDistinct(distinct);
    }

    private static void checkDistinct(long[] distinct) {
        if (distinct.length % 2 != 0) {
            throw new IllegalArgumentException("half a hash among the distinct values");
        }
        for (int i = 1; i < distinct.length; i += 2) {
            if ((int) distinct[i] != 0) {
                throw new IllegalArgumentException("a hash of more than 96 bits");
            }
        }
        for (int i = 2; i < distinct.length; i += 2) {
            int high = Long.compareUnsigned(distinct[i - 2], distinct[i]);
            if (high > 0 || (high == 0 && Long.compareUnsigned(distinct[i - 1], distinct[i + 1]) >= 0)) {
                throw new IllegalArgumentException("the hashes of the distinct values are not in ascending order");
            }
        }
    }
}
