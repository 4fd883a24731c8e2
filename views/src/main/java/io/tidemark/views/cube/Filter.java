package io.tidemark.views.cube;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which rows: a range of time, and values by dimension; OR within a dimension, AND across.
 *
 * @param from inclusive; empty: from the beginning
 * @param to exclusive; empty: to the end
 * @param values by name of the dimension, the accepted values; an empty {@code Optional} is the null value, the empty text is
 *     the empty text; a dimension that is not here accepts all; unmodifiable
 */
public record Filter(Optional<Instant> from, Optional<Instant> to, Map<String, Set<Optional<String>>> values) {
    private static final long SECONDS_PER_HOUR = 3600;

    public static final Filter ALL = new Filter(Optional.empty(), Optional.empty(), Map.of());

    public Filter {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Map<String, Set<Optional<String>>> copy = new HashMap<>();
        values.forEach((dimension, accepted) -> copy.put(dimension, Set.copyOf(accepted)));
        values = Map.copyOf(copy);
    }

    /** The same values, whatever the time. */
    public Filter withoutRange() {
        return new Filter(Optional.empty(), Optional.empty(), values);
    }

    /** True if both ends are on whole hours, so that the cube can answer. */
    public boolean wholeHours() {
        return from.map(Filter::isWholeHour).orElse(true)
                && to.map(Filter::isWholeHour).orElse(true);
    }

    private static boolean isWholeHour(Instant end) {
        return end.getNano() == 0 && Math.floorMod(end.getEpochSecond(), SECONDS_PER_HOUR) == 0;
    }

    /** True if every row passes. A row without a time passes only a filter without a range. */
    public boolean isAll() {
        return from.isEmpty() && to.isEmpty() && values.isEmpty();
    }

    /** The first hour that passes; {@link HourBlock#NO_TIME} if there is no range. Only if {@link #wholeHours()}. */
    long fromHour() {
        return from.map(Filter::hourOf).orElse(to.isEmpty() ? HourBlock.NO_TIME : HourBlock.NO_TIME + 1);
    }

    /** The first hour that passes no longer. Only if {@link #wholeHours()}. */
    long toHour() {
        return to.map(Filter::hourOf).orElse(Long.MAX_VALUE);
    }

    private static long hourOf(Instant end) {
        return Math.floorDiv(end.getEpochSecond(), SECONDS_PER_HOUR);
    }
}
