package io.tidemark.ingest.generate;

import java.time.Instant;

/** A known number of event times over a range, in order, as dense in each hour as {@link Rhythm} says. */
final class Timeline {
    private static final long MICROS_AN_HOUR = 3_600_000_000L;

    private final long from;
    private final long to;
    private final long events;
    private final double perEvent;

    private long hour;
    private double before;
    private double ofHour;

    /**
     * @param from inclusive
     * @param to exclusive
     */
    Timeline(Instant from, Instant to, long events) {
        this.from = micros(from);
        this.to = micros(to);
        this.events = events;
        double total = 0;
        for (long h = Math.floorDiv(this.from, MICROS_AN_HOUR); h * MICROS_AN_HOUR < this.to; h++) {
            total += weightWithin(h);
        }
        this.perEvent = total / Math.max(1, events);
        this.hour = Math.floorDiv(this.from, MICROS_AN_HOUR);
        this.ofHour = weightWithin(hour);
    }

    /**
     * The time of an event in microseconds since the epoch; to be asked in ascending order of events.
     *
     * @param event at least 0, below the number of events
     */
    long micros(long event, Dice dice) {
        if (event < 0 || event >= events) {
            throw new IllegalArgumentException("event " + event + " of " + events);
        }
        double at = (event + dice.nextDouble()) * perEvent;
        while (at >= before + ofHour && (hour + 1) * MICROS_AN_HOUR < to) {
            before += ofHour;
            hour++;
            ofHour = weightWithin(hour);
        }
        long start = Math.max(hour * MICROS_AN_HOUR, from);
        long end = Math.min((hour + 1) * MICROS_AN_HOUR, to);
        double part = Math.max(0, Math.min(1, (at - before) / ofHour));
        return Math.min(start + (long) (part * (end - start)), end - 1);
    }

    private double weightWithin(long h) {
        long start = Math.max(h * MICROS_AN_HOUR, from);
        long end = Math.min((h + 1) * MICROS_AN_HOUR, to);
        return Rhythm.weight(h) * (end - start) / MICROS_AN_HOUR;
    }

    static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }
}
