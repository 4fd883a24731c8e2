package io.tidemark.ingest.generate;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a moment, and notices soon when it is time to stop. */
final class Waiting {
    private static final long SLICE_NANOS = 50_000_000L;

    private final BooleanSupplier stop;

    Waiting(BooleanSupplier stop) {
        this.stop = stop;
    }

    /**
     * @param nanoTime as {@link System#nanoTime()}
     * @return false if it is time to stop
     */
    boolean until(long nanoTime) {
        while (!stop.getAsBoolean()) {
            long left = nanoTime - System.nanoTime();
            if (left <= 0) {
                return true;
            }
            LockSupport.parkNanos(Math.min(left, SLICE_NANOS));
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
        }
        return false;
    }
}
