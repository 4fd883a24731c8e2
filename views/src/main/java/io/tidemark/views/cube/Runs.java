package io.tidemark.views.cube;

import java.util.Arrays;

/**
 * Blocks of one hour, summed as a merge sort merges its runs: each is more than twice as long as the next. So a thousand
 * small blocks do not each pay for the long one that they go into.
 */
final class Runs {
    private HourBlock[] runs = new HourBlock[2];
    private int size;

    void add(HourBlock block) {
        HourBlock last = block;
        while (size > 0 && runs[size - 1].size() <= 2 * last.size()) {
            last = runs[--size].plus(last);
        }
        if (size == runs.length) {
            runs = Arrays.copyOf(runs, 2 * size);
        }
        runs[size++] = last;
    }

    /** Number of cells that are held here. */
    long cells() {
        long cells = 0;
        for (int i = 0; i < size; i++) {
            cells += runs[i].size();
        }
        return cells;
    }

    /** The sum; there must have been a block. */
    HourBlock sum() {
        HourBlock sum = runs[size - 1];
        for (int i = size - 2; i >= 0; i--) {
            sum = runs[i].plus(sum);
        }
        return sum;
    }
}
