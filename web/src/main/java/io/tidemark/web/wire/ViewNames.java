package io.tidemark.web.wire;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import io.tidemark.views.cube.Unlisted;
import io.tidemark.views.cube.Unlisted.Rest;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Names of the views of a cube, as in paths, messages and the keys of a page. */
public final class ViewNames {

    public static final String TOTALS = "totals";
    public static final String HOURLY = "hourly";
    public static final String HEATMAP = "heatmap";

    /** Not a view: what is not listed of those that are cut short. */
    public static final String OTHER = "other";

    private ViewNames() {}

    /** All views that a cube can have, in the order of a page; a table may lack some of their columns. */
    public static Set<String> all(CubeSpec spec) {
        Set<String> names = new LinkedHashSet<>();
        names.add(TOTALS);
        if (spec.timeColumn().isPresent()) {
            names.add(HOURLY);
        }
        spec.dimensions().stream().map(Dimension::name).forEach(names::add);
        if (spec.dimensions().size() >= 2) {
            names.add(HEATMAP);
        }
        return names;
    }

    /** What is not listed of a view; empty if all is. */
    public static Optional<Rest> rest(CubeSpec spec, String view, Unlisted unlisted) {
        for (int i = 0; i < spec.dimensions().size(); i++) {
            if (spec.dimensions().get(i).name().equals(view)) {
                return unlisted.dimensions().get(i);
            }
        }
        return switch (view) {
            case HOURLY -> unlisted.hourly();
            case HEATMAP -> unlisted.heatmap();
            default -> Optional.empty();
        };
    }

    /** The views that are there at a version. */
    public static Set<String> present(CubeSpec spec, Shape shape) {
        Set<String> names = new LinkedHashSet<>();
        names.add(TOTALS);
        if (shape.hourly()) {
            names.add(HOURLY);
        }
        shape.dimensions().forEach(i -> names.add(spec.dimensions().get(i).name()));
        if (shape.heatmap()) {
            names.add(HEATMAP);
        }
        return names;
    }
}
