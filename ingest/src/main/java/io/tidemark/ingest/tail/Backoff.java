package io.tidemark.ingest.tail;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses after failures: doubled each time up to a cap, and each between a half and the whole, so that many do not march in step. */
final class Backoff {
    private final Duration first;
    private final Duration most;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration first, Duration most, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.random = random;
    }

    Duration next() {
        // 30 doublings are beyond any cap and within a long.
        long whole = Math.min(first.toMillis() << Math.min(failures, 30), most.toMillis());
        failures++;
        return Duration.ofMillis(whole - (long) (random.nextDouble() * whole / 2));
    }

    void reset() {
        failures = 0;
    }
}
