package io.tidemark.views.cube;

import java.time.Instant;
import java.util.Map;
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

    public static final Filter ALL = new Filter(Optional.empty(), Optional.empty(), Map.of());

    public Filter {
        values = Map.copyOf(values);
    }

    /** True if both ends are on whole hours, so that the cube can answer. */
    public boolean wholeHours() {
        throw new UnsupportedOperationException();
    }

    /** True if every row passes. A row without a time passes only a filter without a range. */
    public boolean isAll() {
        return from.isEmpty() && to.isEmpty() && values.isEmpty();
    }
}
