package io.tidemark.views.query;

import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.store.LiveFile;
import java.time.Instant;

/**
 * A filter's range in hours: those that lie within it wholly, and the one or two at its edges that do in part.
 *
 * @param from the first hour with rows that pass; {@link HourBlock#NO_TIME} if there is no range, so that rows without a time
 *     pass too
 * @param to the first hour without such rows
 * @param firstWhole the first hour of which all rows pass
 * @param endWhole the first hour after it of which not all do; not before {@code firstWhole}
 */
record HourRange(long from, long to, long firstWhole, long endWhole) {
    private static final long SECONDS_PER_HOUR = 3600;

    static HourRange of(Filter filter) {
        long from = filter.from()
                .map(HourRange::hourOf)
                .orElse(filter.to().isEmpty() ? HourBlock.NO_TIME : HourBlock.NO_TIME + 1);
        long to = filter.to().map(HourRange::hourAfter).orElse(Long.MAX_VALUE);
        long firstWhole = filter.from().map(HourRange::hourAfter).orElse(from);
        long endWhole = filter.to().map(HourRange::hourOf).orElse(to);
        return new HourRange(from, to, firstWhole, Math.max(firstWhole, endWhole));
    }

    private static long hourOf(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), SECONDS_PER_HOUR);
    }

    /** The hour that begins at an instant or next after it. */
    private static long hourAfter(Instant instant) {
        long hour = hourOf(instant);
        boolean begins = instant.getNano() == 0 && Math.floorMod(instant.getEpochSecond(), SECONDS_PER_HOUR) == 0;
        return begins ? hour : hour + 1;
    }

    /** True if some but not all rows of an hour may pass. */
    boolean isEdge(long hour) {
        return hour >= from && hour < to && (hour < firstWhole || hour >= endWhole);
    }

    /** True if a file may have rows that pass. */
    boolean mayHold(LiveFile file) {
        return file.hasTimes() && file.mayHaveRowsIn(from, to) || file.hasNoTime() && from == HourBlock.NO_TIME;
    }

    /** True if a file may have rows that pass, in an hour of which not all do. */
    boolean mayHoldAtEdges(LiveFile file) {
        return file.hasTimes()
                && (file.mayHaveRowsIn(from, Math.min(to, firstWhole))
                        || file.mayHaveRowsIn(Math.max(from, endWhole), to));
    }

    /** True if every row of a file passes. */
    boolean holdsAllOf(LiveFile file) {
        return from == HourBlock.NO_TIME
                || !file.hasNoTime() && file.firstHour() >= firstWhole && file.lastHour() < endWhole;
    }
}
