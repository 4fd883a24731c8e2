package io.tidemark.views.verify;

import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.RollUp;
import io.tidemark.views.store.ViewState;

/** What a state says, as cells. */
final class StateCells {
    private StateCells() {}

    static Cells of(ViewState state) {
        RollUp views = RollUp.of(state.spec(), state.cube(), state.combinations(), Filter.ALL);
        Cells cells = new Cells();
        cells.put(Cells.TOTALS, views.rows(), "events");
        cells.put(Cells.TOTALS, views.noTime(), "noTime");
        cells.put(Cells.TOTALS, state.distinct(), "sessions");
        views.hourly().forEach(hour -> cells.put(Cells.HOURLY, hour.count(), Tally.hourText(hour.hour())));
        for (int d = 0; d < views.dimensions().size(); d++) {
            String name = state.spec().dimensions().get(d).name();
            long values = 0;
            for (RollUp.ValueCount value : views.dimensions().get(d)) {
                cells.put(name, value.count(), value.value());
                values += value.value() == null ? 0 : 1;
            }
            cells.put(Cells.TOTALS, values, "values", name);
        }
        views.heatmap().forEach(pair -> cells.put(Cells.HEATMAP, pair.count(), pair.first(), pair.second()));
        return cells;
    }
}
