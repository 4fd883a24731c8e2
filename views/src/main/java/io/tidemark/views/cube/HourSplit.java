package io.tidemark.views.cube;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes hour blocks of a file's cells. */
final class HourSplit {

    private HourSplit() {}

    /**
     * @param toCombination id in the dictionary by local combination
     * @throws IllegalArgumentException if the cells are not in the order of their hours, or a cell is there twice
     */
    static List<HourBlock> blocks(FileCounts counts, int[] toCombination) {
        long[] hours = counts.hours();
        int[] cells = counts.cells();
        if (cells.length != hours.length || counts.counts().length != hours.length) {
            throw new IllegalArgumentException("hours, cells and counts differ in length");
        }
        List<HourBlock> blocks = new ArrayList<>();
        long[] order = new long[0];
        for (int from = 0, to; from < hours.length; from = to) {
            to = from + 1;
            while (to < hours.length && hours[to] == hours[from]) {
                to++;
            }
            if (order.length < to - from) {
                order = new long[Math.max(to - from, 2 * order.length)];
            }
            blocks.add(block(counts, toCombination, from, to, order));
        }
        return blocks;
    }

    /** @param order scratch space: combination in the high half, position of the cell in the low */
    private static HourBlock block(FileCounts counts, int[] toCombination, int from, int to, long[] order) {
        int n = to - from;
        boolean sorted = true;
        for (int i = 0; i < n; i++) {
            order[i] = (long) toCombination[counts.cells()[from + i]] << 32 | (from + i);
            sorted &= i == 0 || order[i - 1] < order[i];
        }
        if (!sorted) {
            Arrays.sort(order, 0, n);
        }
        int[] combinations = new int[n];
        long[] sums = new long[n];
        for (int i = 0; i < n; i++) {
            combinations[i] = (int) (order[i] >>> 32);
            sums[i] = counts.counts()[(int) order[i]];
        }
        return new HourBlock(counts.hours()[from], combinations, sums);
    }
}
