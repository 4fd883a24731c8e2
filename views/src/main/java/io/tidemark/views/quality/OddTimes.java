package io.tidemark.views.quality;

import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.ViewState;
import java.time.Duration;
import java.time.Instant;

/**
 * Live rows without a time, and those with a time more than a day ahead; of whole hours, so up to an hour more.
 *
 * <p>Both numbers follow from what a step changes and from the hours that meanwhile came: a cube with a million future hours is
 * gone over once.
 */
final class OddTimes {
    private static final Duration AHEAD = Duration.ofDays(1);
    private static final int SECONDS_PER_HOUR = 3600;

    private final CubeSpec spec;
    private final FindingBoard board;
    private long futureFrom;
    private long futureRows;

    OddTimes(CubeSpec spec, FindingBoard board) {
        this.spec = spec;
        this.board = board;
    }

    /** Counts anew. */
    void start(ViewState state, Instant now) {
        futureFrom = firstFutureHour(now);
        futureRows = rows(state.cube(), futureFrom, Long.MAX_VALUE);
        tell(state, now);
    }

    void step(Applied applied, Instant now) {
        for (int i = applied.delta().blocks().size() - 1; i >= 0; i--) {
            HourBlock change = applied.delta().blocks().get(i);
            if (change.hour() < futureFrom) {
                break;
            }
            futureRows += change.rows();
        }
        pass(applied.state(), now);
        tell(applied.state(), now);
    }

    /** Time went on. */
    void idle(ViewState state, Instant now) {
        if (pass(state, now)) {
            tell(state, now);
        }
    }

    private boolean pass(ViewState state, Instant now) {
        long from = firstFutureHour(now);
        if (from <= futureFrom) {
            return false;
        }
        futureRows -= rows(state.cube(), futureFrom, from);
        futureFrom = from;
        return true;
    }

    private void tell(ViewState state, Instant now) {
        boolean timed = spec.timeColumn()
                .flatMap(column -> state.metadata().column(column))
                .isPresent();
        long noTime = timed
                ? state.cube().block(HourBlock.NO_TIME).map(HourBlock::rows).orElse(0L)
                : 0;
        tell(state, now, FindingKind.NULL_TIMES, noTime);
        tell(state, now, FindingKind.FUTURE_TIMES, futureRows);
    }

    private void tell(ViewState state, Instant now, FindingKind kind, long rows) {
        if (rows == 0) {
            board.resolve(kind, "");
            return;
        }
        String column = Words.quoted(spec.timeColumn().orElse(""));
        String message = Words.many(rows, "row")
                + (rows == 1 ? " has" : " have")
                + (kind == FindingKind.NULL_TIMES
                        ? " no " + column
                                + ". They are in the totals and in no hour. Check what the writer does with events"
                                + " that lack a time."
                        : " a " + column
                                + " more than a day ahead. Check the writer's clock, and the unit and zone of its"
                                + " times.");
        board.report(Finding.now(kind, "", state.version(), now, rows, message));
    }

    private static long firstFutureHour(Instant now) {
        return Math.floorDiv(now.plus(AHEAD).getEpochSecond(), SECONDS_PER_HOUR) + 1;
    }

    private static long rows(Cube cube, long fromHour, long toHour) {
        long[] rows = new long[1];
        cube.forEach(fromHour, toHour, block -> rows[0] += block.rows());
        return rows[0];
    }
}
