package io.tidemark.views.maintain;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How often a damaged state is set aside and built anew: a machine that damages each is not to read the whole table for ever. */
final class Renewals {
    private static final long LEAST_BETWEEN = TimeUnit.MINUTES.toNanos(10);

    private final LongSupplier nanos;
    private long last;
    private boolean any;

    /** @param nanos the time, as of {@link System#nanoTime()} */
    Renewals(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** True if one may begin now; then it has begun. */
    boolean mayBegin() {
        long now = nanos.getAsLong();
        if (any && now - last < LEAST_BETWEEN) {
            return false;
        }
        any = true;
        last = now;
        return true;
    }

    /** The one that was begun did not come about. */
    void undone() {
        any = false;
    }

    /** Until the next may begin; at least 1. */
    long minutesToWait() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMinutes(LEAST_BETWEEN - (nanos.getAsLong() - last)));
    }
}
