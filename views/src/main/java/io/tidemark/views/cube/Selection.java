package io.tidemark.views.cube;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A filter in a cube's own numbers: which hours, and for each combination whether it passes, so that a cell costs one look
 * into an array. Follows a growing dictionary; what was decided once stays.
 */
final class Selection {
    private final Filter filter;
    private final List<Condition> conditions = new ArrayList<>();
    private long[] masks = new long[0];
    private int decided;

    /** @throws IllegalArgumentException if the filter is not on whole hours, or names a dimension that is not there */
    Selection(CubeSpec spec, Filter filter) {
        if (!filter.wholeHours()) {
            throw new IllegalArgumentException("the cube cannot answer for parts of an hour: from "
                    + filter.from().map(Object::toString).orElse("the beginning") + " to "
                    + filter.to().map(Object::toString).orElse("the end"));
        }
        this.filter = filter;
        Set<String> unknown = new HashSet<>(filter.values().keySet());
        for (int d = 0; d < spec.dimensions().size(); d++) {
            String name = spec.dimensions().get(d).name();
            if (unknown.remove(name)) {
                conditions.add(new Condition(d, filter.values().get(name)));
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("no such dimension: " + String.join(", ", unknown) + ". There are: "
                    + String.join(
                            ", ",
                            spec.dimensions().stream().map(Dimension::name).toList()));
        }
    }

    long fromHour() {
        return filter.fromHour();
    }

    long toHour() {
        return filter.toHour();
    }

    boolean acceptsHour(long hour) {
        return hour >= fromHour() && hour < toHour();
    }

    boolean acceptsEveryCombination() {
        return conditions.isEmpty();
    }

    /** By combination, all ones if it passes, else zero; valid for all that these know, until the next call. */
    long[] masks(Combinations combinations) {
        if (combinations.size() > masks.length) {
            masks = Arrays.copyOf(masks, Math.max(combinations.size(), 2 * masks.length));
        }
        for (; decided < combinations.size(); decided++) {
            masks[decided] = accepts(combinations, decided) ? -1 : 0;
        }
        return masks;
    }

    private boolean accepts(Combinations combinations, int combination) {
        for (Condition condition : conditions) {
            if (!condition.accepts(combinations, combination)) {
                return false;
            }
        }
        return true;
    }

    /** What one dimension must be. */
    private static final class Condition {
        private final int dimension;
        private final Set<Optional<String>> values;
        private boolean[] accepted = new boolean[0];
        private int decided;

        Condition(int dimension, Set<Optional<String>> values) {
            this.dimension = dimension;
            this.values = values;
        }

        boolean accepts(Combinations combinations, int combination) {
            int ordinal = combinations.ordinal(combination, dimension);
            if (ordinal >= decided) {
                decide(combinations);
            }
            return accepted[ordinal];
        }

        private void decide(Combinations combinations) {
            int known = combinations.values(dimension);
            accepted = Arrays.copyOf(accepted, Math.max(known, 2 * accepted.length));
            for (; decided < known; decided++) {
                accepted[decided] = values.contains(Optional.ofNullable(combinations.value(dimension, decided)));
            }
        }
    }
}
