package io.tidemark.bench;

import java.util.Arrays;

/**
 * How long one contender's turns took.
 *
 * @param wallMillis of each turn
 * @param cpuMillis processor time of each turn: of the one thread, or of the whole process where there are several
 * @param allocated bytes of the heap that the calling thread asked for in a turn, at the median
 */
public record Times(double[] wallMillis, double[] cpuMillis, double allocated) {

    public double wall() {
        return median(wallMillis);
    }

    public double cpu() {
        return median(cpuMillis);
    }

    public static double median(double[] values) {
        return percentile(values, 50);
    }

    /** Nearest rank. */
    public static double percentile(double[] values, double percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }
}
