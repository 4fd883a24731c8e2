package io.tidemark.web.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.RollUp;
import io.tidemark.views.cube.Unlisted;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes a selection of views, whole or only what changed. */
public final class ViewsJson {
    private final CubeSpec spec;
    private final Shape shape;
    private final Set<String> selection;

    /** @param selection names of the views that are wanted; those that the table lacks are left out */
    public ViewsJson(CubeSpec spec, Shape shape, Set<String> selection) {
        this.spec = spec;
        this.shape = shape;
        this.selection = Set.copyOf(selection);
    }

    /** Every selected view, empty ones too, as fields of the current object. */
    public void writeWhole(JsonGenerator json, Totals totals, RollUp rollUp) throws IOException {
        write(json, Optional.of(totals), rollUp, false);
    }

    /**
     * The selected views in which something changed, as fields of the current object.
     *
     * @param totals empty if they are as before
     * @param changed groups with their new totals; 0: the group is not listed any more
     */
    public void writeChanges(JsonGenerator json, Optional<Totals> totals, RollUp changed) throws IOException {
        write(json, totals, changed, true);
    }

    private void write(JsonGenerator json, Optional<Totals> totals, RollUp rollUp, boolean skipEmpty)
            throws IOException {
        ViewWriter writer = new ViewWriter(spec, shape, json);
        if (totals.isPresent() && selection.contains(ViewNames.TOTALS)) {
            writer.totals(totals.get());
        }
        if (shape.hourly() && wanted(ViewNames.HOURLY, rollUp.hourly(), skipEmpty)) {
            writer.hourly(rollUp.hourly());
        }
        for (int i : shape.dimensions()) {
            if (wanted(spec.dimensions().get(i).name(), rollUp.dimensions().get(i), skipEmpty)) {
                writer.dimension(spec.dimensions().get(i), rollUp.dimensions().get(i));
            }
        }
        if (shape.heatmap() && wanted(ViewNames.HEATMAP, rollUp.heatmap(), skipEmpty)) {
            writer.heatmap(rollUp.heatmap());
        }
        Map<String, Long> other = other(rollUp.unlisted());
        if (!other.isEmpty()) {
            writer.other(other);
        }
    }

    /** By view, the rows of groups that are not listed. */
    private Map<String, Long> other(Unlisted unlisted) {
        Map<String, Long> rows = new LinkedHashMap<>();
        for (String view : ViewNames.present(spec, shape)) {
            ViewNames.rest(spec, view, unlisted).ifPresent(rest -> rows.put(view, rest.rows()));
        }
        rows.keySet().retainAll(selection);
        return rows;
    }

    private boolean wanted(String view, List<?> groups, boolean skipEmpty) {
        return selection.contains(view) && !(skipEmpty && groups.isEmpty());
    }
}
