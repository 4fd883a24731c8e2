package io.tidemark.web.wire;

import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.RollUp;
import io.tidemark.views.store.ViewState;
import java.util.OptionalLong;

/**
 * A state, and what of its cube an answer is made of.
 *
 * @param filter of the cells; on whole hours
 * @param sessions whether the state's number of distinct values is that of the answer
 * @param scanned whether files were read for it
 */
public record Selected(ViewState state, Filter filter, boolean sessions, boolean scanned) {

    /** What the cube of a state that is served says under a filter. */
    public static Selected ofCube(ViewState state, Filter filter) {
        return new Selected(state, filter, filter.isAll(), false);
    }

    /**
     * What was scanned for a filter: only its values are still to be applied.
     *
     * @param sessions whether distinct values were counted
     */
    public static Selected ofScan(ViewState state, Filter filter, boolean sessions) {
        return new Selected(state, filter.withoutRange(), sessions || filter.isAll(), true);
    }

    String source() {
        return scanned ? "scan" : "cube";
    }

    Totals totals(RollUp rollUp) {
        return Totals.of(rollUp, sessions ? OptionalLong.of(state.distinct()) : OptionalLong.empty());
    }
}
