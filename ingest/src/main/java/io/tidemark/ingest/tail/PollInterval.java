package io.tidemark.ingest.tail;

import java.time.Duration;
import java.util.Objects;

/**
 * The pause before an unchanged log is asked again: fixed, or what suits the writer between two ends.
 *
 * @param least shortest pause
 * @param most longest pause
 */
public record PollInterval(Duration least, Duration most) {

    public static final PollInterval ADAPTIVE = new PollInterval(Duration.ofMillis(100), Duration.ofSeconds(5));

    public PollInterval {
        Objects.requireNonNull(least, "least");
        if (least.isNegative() || least.isZero() || least.compareTo(most) > 0) {
            throw new IllegalArgumentException("no interval: " + least + " to " + most);
        }
    }

    public static PollInterval fixed(Duration pause) {
        return new PollInterval(pause, pause);
    }

    public boolean isFixed() {
        return least.equals(most);
    }
}
