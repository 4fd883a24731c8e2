package io.tidemark.views.cube;

import java.util.Arrays;

/**
 * The cells of a chunk's blocks once more, by combination instead of by hour: a filter that few combinations pass then costs
 * their cells only, and one that few do not pass costs those, taken off the whole. Five to eight bytes a cell. Immutable.
 */
final class CellsByCombination {
    /** Of each block. */
    private final long[] hours;

    private final int[] rows;
    /** Combinations that occur, ascending. */
    private final int[] combinations;
    /** Number of each one's cells. */
    private final int[] cells;
    /** Where each one's counts begin: in {@link #denseCounts} if it is in at least half of the blocks, else in {@link #sparseCounts}. */
    private final int[] starts;
    /** Of all blocks, zero where there is no cell: summed by the vector. */
    private final int[] denseCounts;

    private final int[] sparseCounts;
    /** Which of the blocks each of {@link #sparseCounts} is of; unsigned. */
    private final byte[] sparseBlocks;

    /**
     * @param sum of these blocks; not more rows than fit in an int
     * @param of at most 256, without negative counts
     */
    CellsByCombination(HourBlock sum, HourBlock[] of) {
        hours = new long[of.length];
        rows = new int[of.length];
        for (int b = 0; b < of.length; b++) {
            hours[b] = of[b].hour();
            rows[b] = Math.toIntExact(of[b].rows());
        }
        combinations = new int[sum.size()];
        Arrays.setAll(combinations, sum::combination);
        cells = new int[combinations.length];
        // Neighbouring blocks have much the same combinations: where the last one was found is where to look first.
        int[] found = new int[combinations.length];
        for (HourBlock block : of) {
            locate(block, combinations, found);
            for (int i = 0; i < block.size(); i++) {
                cells[found[i]]++;
            }
        }
        starts = new int[combinations.length];
        int dense = 0;
        int sparse = 0;
        for (int c = 0; c < combinations.length; c++) {
            starts[c] = isDense(c) ? dense : sparse;
            dense += isDense(c) ? of.length : 0;
            sparse += isDense(c) ? 0 : cells[c];
        }
        denseCounts = new int[dense];
        sparseCounts = new int[sparse];
        sparseBlocks = new byte[sparse];
        int[] next = starts.clone();
        for (int b = 0; b < of.length; b++) {
            locate(of[b], combinations, found);
            for (int i = 0; i < of[b].size(); i++) {
                put(found[i], b, (int) of[b].count(i), next);
            }
        }
    }

    private boolean isDense(int c) {
        return 2 * cells[c] >= hours.length;
    }

    private void put(int c, int block, int count, int[] next) {
        if (isDense(c)) {
            denseCounts[starts[c] + block] = count;
        } else {
            sparseBlocks[next[c]] = (byte) block;
            sparseCounts[next[c]++] = count;
        }
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

    /** Visits the rows of each hour that are of combinations whose mask is all ones, where there are any. */
    void forEachHour(long[] masks, Chunk.HourRows visitor) {
        int passing = 0;
        int all = 0;
        for (int c = 0; c < combinations.length; c++) {
            passing += cells[c] & (int) masks[combinations[c]];
            all += cells[c];
        }
        boolean few = passing <= all / 2;
        int[] sums = new int[hours.length];
        for (int c = 0; c < combinations.length; c++) {
            if (masks[combinations[c]] != 0 == few) {
                addTo(sums, c);
            }
        }
        for (int b = 0; b < sums.length; b++) {
            int n = few ? sums[b] : rows[b] - sums[b];
            if (n != 0) {
                visitor.visit(hours[b], n);
            }
        }
    }

    private void addTo(int[] sums, int c) {
        if (isDense(c)) {
            addDense(sums, denseCounts, starts[c]);
        } else {
            for (int i = starts[c]; i < starts[c] + cells[c]; i++) {
                sums[sparseBlocks[i] & 0xff] += sparseCounts[i];
            }
        }
    }

    /** On its own, as the compiler makes vectors of a loop that is all there is. */
    private static void addDense(int[] sums, int[] counts, int from) {
        for (int b = 0; b < sums.length; b++) {
            sums[b] += counts[from + b];
        }
    }
}
