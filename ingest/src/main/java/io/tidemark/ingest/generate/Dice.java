package io.tidemark.ingest.generate;

/**
 * A seeded source of random numbers (SplitMix64).
 *
 * <p>Our own, because the same seed must give the same rows on every JDK, and the JDK promises that for
 * {@link java.util.Random} alone, which is slow and of poor quality.
 */
final class Dice {
    private static final double TWO_POW_MINUS_53 = 0x1.0p-53;

    private long state;

    Dice(long seed) {
        state = seed;
    }

    long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** At least 0, below 1. */
    double nextDouble() {
        return (nextLong() >>> 11) * TWO_POW_MINUS_53;
    }

    /** At least 0, below {@code bound}. */
    int below(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /** At least 0, below {@code bound}; small numbers are much more likely than large ones. */
    int skewedBelow(int bound) {
        double u = nextDouble();
        return (int) (u * u * u * bound);
    }

    /** True once in {@code times}, on average. */
    boolean oneIn(int times) {
        return below(times) == 0;
    }
}
