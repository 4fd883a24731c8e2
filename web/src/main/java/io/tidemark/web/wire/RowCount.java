package io.tidemark.web.wire;

import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.store.ViewState;

/** Number of rows of a state; the last one asked for is remembered. Safe for use by many threads. */
public final class RowCount {

    private record Counted(ViewState state, long rows) {

        /** States are never made twice, and comparing what is in them would cost more than counting. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(ViewState other) {
            return state == other;
        }
    }

    private volatile Counted last = new Counted(null, 0);

    public long of(ViewState state) {
        Counted counted = last;
        if (!counted.isOf(state)) {
            counted = new Counted(state, count(state));
            last = counted;
        }
        return counted.rows();
    }

    private static long count(ViewState state) {
        long[] rows = {0};
        // The block of rows without a time is the first; no hour is as late as the end.
        state.cube().forEach(HourBlock.NO_TIME, Long.MAX_VALUE, block -> rows[0] += block.rows());
        return rows[0];
    }
}
