package io.tidemark.views.cube;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which columns the cube is over.
 *
 * @param timeColumn empty: every row is in the "no time" block
 * @param dimensions in order; the heatmap is over the first two; unmodifiable; may be empty
 * @param distinctColumn whose distinct values are counted; empty: none are
 */
public record CubeSpec(Optional<String> timeColumn, List<Dimension> dimensions, Optional<String> distinctColumn) {
    public CubeSpec {
        Objects.requireNonNull(timeColumn, "timeColumn");
        dimensions = List.copyOf(dimensions);
        Objects.requireNonNull(distinctColumn, "distinctColumn");
    }
}
