package io.tidemark.views.cube;

import java.util.Arrays;

/**
 * The cells of a chunk's blocks once more, by combination instead of by hour: a filter that few combinations pass then costs
 * their cells only, and one that few do not pass costs those, taken off the whole. Five bytes a cell. Immutable.
 */
final class CellsByCombination {
    /** Combinations that occur, ascending. */
    private final int[] combinations;
    /** Where each one's cells begin, and at the end where the last one's end. */
    private final int[] starts;
    /** Which of the blocks each cell is of; unsigned. */
    private final byte[] blocks;

    private final int[] counts;

    private CellsByCombination(int[] combinations, int[] starts, byte[] blocks, int[] counts) {
        this.combinations = combinations;
        this.starts = starts;
        this.blocks = blocks;
        this.counts = counts;
    }

    /**
     * @param sum of these blocks
     * @param of at most 256, each with counts that are ints
     */
    static CellsByCombination of(HourBlock sum, HourBlock[] of) {
        int[] combinations = new int[sum.size()];
        Arrays.setAll(combinations, sum::combination);
        int[] ends = new int[combinations.length + 1];
        // Neighbouring blocks have much the same combinations: where the last one was found is where to look first.
        int[] found = new int[combinations.length];
        for (HourBlock block : of) {
            locate(block, combinations, found);
            for (int i = 0; i < block.size(); i++) {
                ends[found[i]]++;
            }
        }
        int total = 0;
        for (int c = 0; c < ends.length; c++) {
            int cells = ends[c];
            ends[c] = total;
            total += cells;
        }
        int[] next = ends.clone();
        byte[] blocks = new byte[total];
        int[] counts = new int[total];
        for (int b = 0; b < of.length; b++) {
            locate(of[b], combinations, found);
            for (int i = 0; i < of[b].size(); i++) {
                int at = next[found[i]]++;
                blocks[at] = (byte) b;
                counts[at] = (int) of[b].count(i);
            }
        }
        return new CellsByCombination(combinations, ends, blocks, counts);
    }

    /** Where each of a block's combinations is; both are ascending, and all of the block's are there. */
    private static void locate(HourBlock block, int[] combinations, int[] found) {
        int c = 0;
        for (int i = 0; i < block.size(); i++) {
            while (combinations[c] != block.combination(i)) {
                c++;
            }
            found[i] = c;
        }
    }

    /**
     * Sums by block the cells whose combination's mask is all ones.
     *
     * @param rows of each block; in it come the rows that pass
     */
    void pass(long[] masks, long[] rows) {
        int passing = 0;
        for (int c = 0; c < combinations.length; c++) {
            passing += (starts[c + 1] - starts[c]) & (int) masks[combinations[c]];
        }
        boolean few = passing <= blocks.length / 2;
        if (few) {
            Arrays.fill(rows, 0);
        }
        for (int c = 0; c < combinations.length; c++) {
            boolean passes = masks[combinations[c]] != 0;
            if (passes && few) {
                for (int i = starts[c]; i < starts[c + 1]; i++) {
                    rows[blocks[i] & 0xff] += counts[i];
                }
            } else if (!passes && !few) {
                for (int i = starts[c]; i < starts[c + 1]; i++) {
                    rows[blocks[i] & 0xff] -= counts[i];
                }
            }
        }
    }
}
