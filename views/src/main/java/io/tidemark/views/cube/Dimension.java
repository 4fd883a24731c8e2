package io.tidemark.views.cube;

import java.util.Objects;

/**
 * One dimension of the cube.
 *
 * @param name of the view, the filter and the chart
 * @param column of the table
 */
public record Dimension(String name, String column) {
    public Dimension {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(column, "column");
    }
}
