package io.tidemark.views.store;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.views.cube.Contribution;
import io.tidemark.views.cube.HourBlock;
import java.util.List;

/**
 * A live file and what its contribution says of it: enough to read it, or to leave it out.
 *
 * @param file without statistics
 * @param rows that are live
 * @param firstHour of the rows that have a time, as in {@link HourBlock}; {@link Long#MAX_VALUE} if none has
 * @param lastHour of the rows that have a time; {@link Long#MIN_VALUE} if none has
 * @param hasNoTime whether there are rows without a time
 */
public record LiveFile(DataFile file, long rows, long firstHour, long lastHour, boolean hasNoTime) {

    public static LiveFile of(DataFile file, Contribution contribution) {
        List<HourBlock> blocks = contribution.blocks();
        int size = blocks.size();
        int timed = size > 0 && blocks.get(0).hour() == HourBlock.NO_TIME ? 1 : 0;
        return new LiveFile(
                file,
                contribution.rows(),
                timed < size ? blocks.get(timed).hour() : Long.MAX_VALUE,
                timed < size ? blocks.get(size - 1).hour() : Long.MIN_VALUE,
                timed == 1);
    }

    /** True if some row has a time. */
    public boolean hasTimes() {
        return firstHour <= lastHour;
    }

    /** True if a row may lie in {@code fromHour <= hour < toHour}. */
    public boolean mayHaveRowsIn(long fromHour, long toHour) {
        return firstHour < toHour && lastHour >= fromHour;
    }
}
