package io.tidemark.views.cube;

import java.util.List;

/**
 * What one logical file adds to the views, in a table's own ordinals: what the ledger keeps, and what is taken back when the
 * file leaves.
 *
 * @param rows live rows of the file
 * @param bytes size of the data file
 * @param blocks cells by hour, ascending; counts positive; unmodifiable
 * @param distinct as {@link FileCounts#distinct()}
 */
public record Contribution(long rows, long bytes, List<HourBlock> blocks, long[] distinct) {
    public Contribution {
        blocks = List.copyOf(blocks);
    }
}
