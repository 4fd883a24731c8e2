package io.tidemark.views;

import java.util.Random;

/** The seed of a random test: another one each time, or {@code -Dtidemark.seed} to repeat a run. */
public final class Seed {

    private Seed() {}

    /** A new random source; its seed goes to the console, so that a failure can be repeated. */
    public static Random random(String test) {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        System.out.println(test + ": -Dtidemark.seed=" + seed);
        return new Random(seed);
    }
}
