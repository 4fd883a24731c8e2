package io.tidemark.web.wire;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.RollUp;
import io.tidemark.views.cube.RollUp.HourCount;
import io.tidemark.views.cube.RollUp.PairCount;
import io.tidemark.views.cube.RollUp.ValueCount;
import java.util.ArrayList;
import java.util.List;

/**
 * A roll-up of which one view is cut short.
 *
 * @param groups as before, but for that view
 * @param other rows of the groups that were cut off
 */
record TopGroups(RollUp groups, long other) {

    /** @param limit how many groups stay: the largest, or of hours the newest */
    static TopGroups of(RollUp all, CubeSpec spec, String view, int limit) {
        List<HourCount> hours = all.hourly();
        List<List<ValueCount>> dimensions = new ArrayList<>(all.dimensions());
        List<PairCount> heatmap = all.heatmap();
        long other = 0;
        if (view.equals(ViewNames.HOURLY)) {
            int cut = Math.max(0, hours.size() - limit);
            other = hours.subList(0, cut).stream().mapToLong(HourCount::count).sum();
            hours = hours.subList(cut, hours.size());
        } else if (view.equals(ViewNames.HEATMAP)) {
            int cut = Math.min(limit, heatmap.size());
            other = heatmap.subList(cut, heatmap.size()).stream()
                    .mapToLong(PairCount::count)
                    .sum();
            heatmap = heatmap.subList(0, cut);
        }
        for (int i = 0; i < dimensions.size(); i++) {
            if (spec.dimensions().get(i).name().equals(view)) {
                List<ValueCount> values = dimensions.get(i);
                int cut = Math.min(limit, values.size());
                other = values.subList(cut, values.size()).stream()
                        .mapToLong(ValueCount::count)
                        .sum();
                dimensions.set(i, values.subList(0, cut));
            }
        }
        return new TopGroups(new RollUp(all.rows(), all.noTime(), hours, dimensions, heatmap), other);
    }
}
