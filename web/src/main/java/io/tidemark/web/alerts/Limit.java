package io.tidemark.web.alerts;

/**
 * When a value is no longer all right, and when it is again. Between the two nothing changes, so that a value which trembles
 * at the threshold is told of once.
 *
 * @param above whether values above the threshold are not all right, or those below it
 * @param threshold itself still all right
 * @param clear back from the threshold; a value at it, or further back, is all right again
 */
public record Limit(boolean above, double threshold, double clear) {

    /** @throws IllegalArgumentException if {@code clear} lies beyond the threshold, or one of them is no number */
    public Limit {
        if (!Double.isFinite(threshold) || !Double.isFinite(clear)) {
            throw new IllegalArgumentException("not a number: " + threshold + ", " + clear);
        }
        if (above ? clear > threshold : clear < threshold) {
            throw new IllegalArgumentException("clear " + clear + " lies beyond the threshold " + threshold);
        }
    }

    public static Limit above(double threshold) {
        return new Limit(true, threshold, threshold);
    }

    public static Limit below(double threshold) {
        return new Limit(false, threshold, threshold);
    }

    boolean isBrokenBy(double value) {
        return above ? value > threshold : value < threshold;
    }

    boolean isClearedBy(double value) {
        return above ? value <= clear : value >= clear;
    }
}
