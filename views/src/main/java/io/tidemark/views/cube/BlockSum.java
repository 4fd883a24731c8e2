package io.tidemark.views.cube;

import java.util.Arrays;

/** Sums blocks of different hours by combination. The sum's hour means nothing. */
final class BlockSum {
    /** 512 KiB of sums. */
    private static final int MOST_PLACES = 1 << 16;

    private BlockSum() {}

    /**
     * @param blocks at least one, without negative counts
     * @throws ArithmeticException if all counts together are beyond a long
     */
    static HourBlock of(HourBlock[] blocks) {
        long places = 0;
        for (HourBlock block : blocks) {
            places = Math.max(places, block.size() == 0 ? 0 : 1L + block.combination(block.size() - 1));
        }
        return places <= MOST_PLACES ? inPlaces(blocks, (int) places) : merged(blocks);
    }

    /** A place for each combination, whether it occurs or not. */
    static HourBlock inPlaces(HourBlock[] blocks, int places) {
        long[] sums = new long[places];
        long rows = 0;
        for (HourBlock block : blocks) {
            // Where all together are within a long, none of the sums is beyond it.
            rows = Math.addExact(rows, block.rows());
            block.addTo(sums);
        }
        int[] combinations = new int[places];
        int n = 0;
        for (int combination = 0; combination < places; combination++) {
            if (sums[combination] != 0) {
                combinations[n] = combination;
                sums[n++] = sums[combination];
            }
        }
        return new HourBlock(0, Arrays.copyOf(combinations, n), Arrays.copyOf(sums, n));
    }

    /** Only those that occur. */
    static HourBlock merged(HourBlock[] blocks) {
        Runs<HourBlock> runs = HourBlock.runs();
        for (HourBlock block : blocks) {
            runs.add(block.at(0));
        }
        return runs.sum();
    }
}
