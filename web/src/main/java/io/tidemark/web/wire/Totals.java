package io.tidemark.web.wire;

import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.RollUp;
import io.tidemark.views.store.ViewState;
import java.util.List;
import java.util.OptionalLong;

/**
 * The {@code totals} of a page.
 *
 * @param events rows that pass the filter
 * @param noTime those among them without a time
 * @param sessions distinct values of the distinct column; empty under a filter, where the cube does not know them
 * @param values number of distinct non-null values, by dimension of the cube
 */
public record Totals(long events, long noTime, OptionalLong sessions, List<Long> values) {

    public Totals {
        values = List.copyOf(values);
    }

    /** @param rollUp whole, or a change */
    public static Totals of(ViewState state, Filter filter, RollUp rollUp) {
        return of(rollUp, filter.isAll() ? OptionalLong.of(state.distinct()) : OptionalLong.empty());
    }

    /** @param rollUp whole, or a change */
    public static Totals of(RollUp rollUp, OptionalLong sessions) {
        return new Totals(rollUp.rows(), rollUp.noTime(), sessions, rollUp.values());
    }
}
