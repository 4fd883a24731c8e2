package io.tidemark.web.alerts;

import java.time.Duration;
import java.time.Instant;

/**
 * What an alert says.
 *
 * @param since when it came to say so; null of {@link Phase#UNKNOWN}
 * @param version at which it came to say so; -1 before there was one
 * @param epoch of that version; null if there was none
 * @param last what was measured last; null before that
 */
record AlertStatus(Phase phase, Instant since, long version, String epoch, Reading last) {

    enum Phase {
        /** Nothing was measured yet. */
        UNKNOWN,
        OK,
        /** The limit is broken, but not for long enough yet. */
        PENDING,
        FIRING
    }

    static final AlertStatus UNKNOWN = new AlertStatus(Phase.UNKNOWN, null, -1, null, null);

    /** As it was when the process ended; what was measured then is of no use. */
    static AlertStatus firing(Instant since, long version, String epoch) {
        return new AlertStatus(Phase.FIRING, since, version, epoch, null);
    }

    boolean isFiring() {
        return phase == Phase.FIRING;
    }

    /** What it says after one more measurement. Where that has no value, it stays with what it said. */
    AlertStatus next(Limit limit, Duration atLeast, Reading reading) {
        if (reading.value().isEmpty()) {
            return new AlertStatus(phase, since, version, epoch, reading);
        }
        double value = reading.value().getAsDouble();
        return switch (phase) {
            case FIRING -> limit.isClearedBy(value) ? into(Phase.OK, reading) : stay(reading);
            case PENDING ->
                !limit.isBrokenBy(value)
                        ? into(Phase.OK, reading)
                        : lasted(atLeast, reading.at()) ? into(Phase.FIRING, reading) : stay(reading);
            case OK, UNKNOWN ->
                limit.isBrokenBy(value)
                        ? into(atLeast.isZero() ? Phase.FIRING : Phase.PENDING, reading)
                        : phase == Phase.OK ? stay(reading) : into(Phase.OK, reading);
        };
    }

    private boolean lasted(Duration atLeast, Instant now) {
        return Duration.between(since, now).compareTo(atLeast) >= 0;
    }

    private AlertStatus stay(Reading reading) {
        return new AlertStatus(phase, since, version, epoch, reading);
    }

    private static AlertStatus into(Phase phase, Reading reading) {
        return new AlertStatus(phase, reading.at(), reading.version(), reading.epoch(), reading);
    }
}
