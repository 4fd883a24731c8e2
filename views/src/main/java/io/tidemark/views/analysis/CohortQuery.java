package io.tidemark.views.analysis;

import java.util.Objects;

/**
 * When ids that were first seen in one unit of time were seen again.
 *
 * @param of the column whose values are the ids
 */
public record CohortQuery(CohortUnit unit, String of) {
    public CohortQuery {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(of, "of");
    }
}
