package io.tidemark.ingest.generate;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** When a demo commits, and which events are due then. */
final class Ticks {
    /** After a longer pause (a sleeping laptop) what is due is forgotten instead of made up for. */
    private static final double MOST_SECONDS = 5;

    private final long intervalNanos;
    private final double rate;
    private final Waiting waiting;
    private long lastNanos = System.nanoTime();
    private long lastMicros = Timeline.micros(Instant.now());
    private double owed;

    Ticks(Duration interval, double rate, BooleanSupplier stop) {
        this.intervalNanos = interval.toNanos();
        this.rate = rate;
        this.waiting = new Waiting(stop);
    }

    /**
     * Events that are due.
     *
     * @param events how many; at least 1
     * @param fromMicros since the epoch, exclusive
     * @param toMicros inclusive: now
     */
    record Tick(long events, long fromMicros, long toMicros) {
        /** The time of an event: evenly spread, ascending. */
        long micros(long event) {
            return toMicros - (long) ((double) (toMicros - fromMicros) * (events - 1 - event) / events);
        }
    }

    /** Waits for the next tick with at least one event; null: it is time to stop. */
    Tick next() {
        while (waiting.until(lastNanos + intervalNanos)) {
            long nanos = System.nanoTime();
            owed += Math.min(MOST_SECONDS, (nanos - lastNanos) / 1e9) * rate;
            lastNanos = nanos;
            long due = (long) owed;
            if (due >= 1) {
                owed -= due;
                // The wall clock may be set back; event time here never goes back.
                long now = Math.max(lastMicros + due, Timeline.micros(Instant.now()));
                Tick tick = new Tick(due, lastMicros, now);
                lastMicros = now;
                return tick;
            }
        }
        return null;
    }
}
