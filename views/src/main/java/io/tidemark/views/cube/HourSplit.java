package io.tidemark.views.cube;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes hour blocks of a file's cells, which are in the order of the file's own combinations. */
final class HourSplit {
    private static final int CELLS_PER_WORD = 8;

    private final FileCounts counts;
    private final int[] toCombination;
    /** How many words a bit for each combination takes, up to the file's highest. */
    private final int words;

    /** The bits: all zero between hours. */
    private long[] present = {};
    /** By combination, its cell; what {@link #present} does not name is left over from another hour. */
    private int[] cellOf = {};
    /** Combination in the high half, position of the cell in the low. */
    private long[] order = {};

    private HourSplit(FileCounts counts, int[] toCombination) {
        this.counts = counts;
        this.toCombination = toCombination;
        int most = 0;
        for (int combination : toCombination) {
            most = Math.max(most, combination);
        }
        words = most / Long.SIZE + 1;
    }

    /**
     * @param toCombination id in the dictionary by local combination
     * @throws IllegalArgumentException if the cells are not in the order of their hours, or a cell is there twice
     */
    static List<HourBlock> blocks(FileCounts counts, int[] toCombination) {
        long[] hours = counts.hours();
        if (counts.cells().length != hours.length || counts.counts().length != hours.length) {
            throw new IllegalArgumentException("hours, cells and counts differ in length");
        }
        HourSplit split = new HourSplit(counts, toCombination);
        List<HourBlock> blocks = new ArrayList<>();
        for (int from = 0, to; from < hours.length; from = to) {
            to = from + 1;
            while (to < hours.length && hours[to] == hours[from]) {
                to++;
            }
            blocks.add(split.block(from, to));
        }
        return blocks;
    }

    private HourBlock block(int from, int to) {
        int[] combinations = new int[to - from];
        long[] sums = new long[to - from];
        if (isAscending(from, to)) {
            for (int i = from; i < to; i++) {
                combinations[i - from] = toCombination[counts.cells()[i]];
                sums[i - from] = counts.counts()[i];
            }
        } else if (words <= (to - from) / CELLS_PER_WORD) {
            sortByBits(from, to, combinations, sums);
        } else {
            sort(from, to, combinations, sums);
        }
        return new HourBlock(counts.hours()[from], combinations, sums);
    }

    private boolean isAscending(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (toCombination[counts.cells()[i - 1]] >= toCombination[counts.cells()[i]]) {
                return false;
            }
        }
        return true;
    }

    /** A tenth of a sort's time, if the bits are not too far apart. */
    private void sortByBits(int from, int to, int[] combinations, long[] sums) {
        if (present.length == 0) {
            present = new long[words];
            cellOf = new int[words * Long.SIZE];
        }
        for (int i = from; i < to; i++) {
            int combination = toCombination[counts.cells()[i]];
            present[combination / Long.SIZE] |= 1L << combination;
            cellOf[combination] = i;
        }
        int n = 0;
        for (int word = 0; word < words; word++) {
            for (long bits = present[word]; bits != 0; bits &= bits - 1) {
                int combination = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
                combinations[n] = combination;
                sums[n++] = counts.counts()[cellOf[combination]];
            }
            present[word] = 0;
        }
        if (n < to - from) {
            throw new IllegalArgumentException("hour " + counts.hours()[from] + ": a cell is there twice");
        }
    }

    private void sort(int from, int to, int[] combinations, long[] sums) {
        int n = to - from;
        if (order.length < n) {
            order = new long[Math.max(n, 2 * order.length)];
        }
        for (int i = 0; i < n; i++) {
            order[i] = (long) toCombination[counts.cells()[from + i]] << 32 | (from + i);
        }
        Arrays.sort(order, 0, n);
        for (int i = 0; i < n; i++) {
            combinations[i] = (int) (order[i] >>> 32);
            sums[i] = counts.counts()[(int) order[i]];
        }
    }
}
