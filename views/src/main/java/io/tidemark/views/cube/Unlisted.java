package io.tidemark.views.cube;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a roll-up counts and does not list. Of a whole roll-up: empty where all groups of a view are listed. Of a change: empty
 * where it is as before, and zero where all groups are listed again.
 *
 * @param dimensions one for each dimension
 */
public record Unlisted(Optional<Rest> hourly, List<Optional<Rest>> dimensions, Optional<Rest> heatmap) {
    public Unlisted {
        dimensions = List.copyOf(dimensions);
    }

    /** Everything is listed, or nothing changed. */
    public static Unlisted nothing(int dimensions) {
        return new Unlisted(
                Optional.empty(), Collections.nCopies(dimensions, Optional.<Rest>empty()), Optional.empty());
    }

    /**
     * The groups of one view that are not listed.
     *
     * @param groups how many
     * @param rows the sum of their counts
     */
    public record Rest(long groups, long rows) {}
}
