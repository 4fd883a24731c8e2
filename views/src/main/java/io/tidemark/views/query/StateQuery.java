package io.tidemark.views.query;

import io.tidemark.views.cube.Filter;
import java.util.Objects;
import java.util.Optional;

/**
 * A state that only a scan of files can give.
 *
 * @param version of the table; empty for the one that is served
 * @param distinct whether the number of distinct values under the filter is wanted
 */
public record StateQuery(Optional<Long> version, Filter filter, boolean distinct) {
    public StateQuery {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(filter, "filter");
    }
}
