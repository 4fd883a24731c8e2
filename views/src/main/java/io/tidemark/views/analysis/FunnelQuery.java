package io.tidemark.views.analysis;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How far ids come through ordered steps.
 *
 * @param dimension whose values the steps are
 * @param steps 2 to {@link #MOST_STEPS} values, in order; may repeat
 * @param within the time after the first step in which the others count, inclusive; empty: any
 */
public record FunnelQuery(String dimension, List<String> steps, Optional<Duration> within) {
    public static final int LEAST_STEPS = 2;
    public static final int MOST_STEPS = 10;

    public FunnelQuery {
        Objects.requireNonNull(dimension, "dimension");
        Objects.requireNonNull(within, "within");
        steps = List.copyOf(steps);
        if (steps.size() < LEAST_STEPS || steps.size() > MOST_STEPS) {
            throw new IllegalArgumentException("not a number of steps: " + steps.size());
        }
    }

    /** The different values among the steps, in the order in which they come; what {@link FunnelTally} numbers from 0. */
    public List<String> values() {
        return steps.stream().distinct().toList();
    }
}
