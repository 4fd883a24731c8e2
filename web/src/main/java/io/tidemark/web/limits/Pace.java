package io.tidemark.web.limits;

import io.tidemark.web.config.Rate;

/**
 * Holds one client to a rate. All that is kept is when the next would be due if all came evenly: it may be ahead of the clock by
 * as much as a burst takes (the generic cell rate algorithm). Safe for use by many threads.
 */
public final class Pace {
    private final long between;
    private final long ahead;
    private long due;

    /** @param now of a clock in nanoseconds, as all that follow */
    public Pace(Rate rate, long now) {
        between = rate.nanosBetween();
        ahead = (rate.burst() - 1) * between;
        due = now;
    }

    /** Nanoseconds until the next may come; 0: now. */
    public synchronized long delay(long now) {
        return Math.max(0, due - now - ahead);
    }

    /** As {@link #delay}; if it is 0, it is also counted. */
    public synchronized long take(long now) {
        long delay = delay(now);
        if (delay == 0) {
            due = Math.max(0, due - now) + now + between;
        }
        return delay;
    }
}
