package io.tidemark.ingest.generate;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Keeps a steady rate, measured from the start, so that a slow moment is made up for. */
final class Pace {
    /** How soon a wish to stop is noticed. */
    private static final long SLICE_NANOS = 50_000_000L;

    private final double perSecond;
    private final BooleanSupplier stop;
    private final long started = System.nanoTime();

    /** @param perSecond 0: as fast as possible */
    Pace(double perSecond, BooleanSupplier stop) {
        this.perSecond = perSecond;
        this.stop = stop;
    }

    /**
     * Waits until this many have their turn.
     *
     * @return false if it is time to stop
     */
    boolean await(double count) {
        if (perSecond > 0) {
            long due = started + (long) (count / perSecond * 1e9);
            for (long left = due - System.nanoTime();
                    left > 0 && !stop.getAsBoolean();
                    left = due - System.nanoTime()) {
                LockSupport.parkNanos(Math.min(left, SLICE_NANOS));
            }
        }
        return !stop.getAsBoolean();
    }
}
