package io.tidemark.web.wire;

import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import io.tidemark.views.store.ViewState;
import java.util.ArrayList;
import java.util.List;

/**
 * Which views a table has at one version: a configured column that it lacks is left out of every answer.
 *
 * @param hourly whether there is a time column
 * @param dimensions positions in the cube's dimensions of those whose column exists; ascending
 * @param heatmap whether both of the heatmap's columns exist
 * @param distinct whether there is a distinct column
 * @param missing configured columns that the table lacks
 */
public record Shape(boolean hourly, List<Integer> dimensions, boolean heatmap, boolean distinct, List<String> missing) {

    public Shape {
        dimensions = List.copyOf(dimensions);
        missing = List.copyOf(missing);
    }

    public static Shape of(ViewState state) {
        CubeSpec spec = state.spec();
        TableMetadata table = state.metadata();
        List<String> missing = new ArrayList<>();
        spec.timeColumn().filter(c -> table.column(c).isEmpty()).ifPresent(missing::add);
        List<Integer> present = new ArrayList<>();
        for (int i = 0; i < spec.dimensions().size(); i++) {
            Dimension dimension = spec.dimensions().get(i);
            if (table.column(dimension.column()).isPresent()) {
                present.add(i);
            } else {
                missing.add(dimension.column());
            }
        }
        spec.distinctColumn().filter(c -> table.column(c).isEmpty()).ifPresent(missing::add);
        return new Shape(
                spec.timeColumn().flatMap(table::column).isPresent(),
                present,
                present.contains(0) && present.contains(1),
                spec.distinctColumn().flatMap(table::column).isPresent(),
                missing);
    }
}
