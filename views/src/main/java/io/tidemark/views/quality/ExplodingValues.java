package io.tidemark.views.quality;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.store.ViewState;
import java.time.Duration;
import java.time.Instant;

/**
 * Dimensions with so many live values that they group nothing: more than {@link #MANY}, or more than half as many as there are
 * rows.
 *
 * <p>Usually the size of the dictionary rules that out. Where it does not, all cells are gone over: when the dictionary has grown
 * by a tenth, and once an hour.
 */
final class ExplodingValues {
    static final int MANY = 10_000;
    /** Below it, half as many values as rows is no wonder. */
    static final int ENOUGH_TO_TELL = 1_000;

    private static final Duration LOOK_EVERY = Duration.ofHours(1);

    private final CubeSpec spec;
    private final FindingBoard board;
    /** Size of the dictionary from which on it is looked at again, by dimension. */
    private final int[] nextLook;

    private Instant looked = Instant.MIN;

    ExplodingValues(CubeSpec spec, FindingBoard board) {
        this.spec = spec;
        this.board = board;
        this.nextLook = new int[spec.dimensions().size()];
    }

    void look(ViewState state, Instant now) {
        boolean due = false;
        boolean hour = !now.isBefore(looked.equals(Instant.MIN) ? now : looked.plus(LOOK_EVERY));
        for (int dimension = 0; dimension < nextLook.length; dimension++) {
            int known = known(state, dimension);
            if (!explodes(known, state.cube().rows())) {
                board.resolve(FindingKind.EXPLODING_VALUES, name(dimension));
            } else {
                due |= hour || known >= nextLook[dimension];
            }
        }
        if (due) {
            looked = now;
            count(state, now);
        }
    }

    private void count(ViewState state, Instant now) {
        long rows = state.cube().rows();
        int[] values = LiveValues.count(state.cube(), state.combinations());
        for (int dimension = 0; dimension < values.length; dimension++) {
            int known = known(state, dimension);
            nextLook[dimension] = known + Math.max(1, known / 10);
            if (explodes(values[dimension], rows)) {
                String message = "Dimension " + Words.quoted(name(dimension)) + " has "
                        + Words.number(values[dimension]) + " different values in " + Words.many(rows, "row")
                        + ": grouping by it says little. Check whether its column holds ids or free text.";
                board.report(Finding.now(
                        FindingKind.EXPLODING_VALUES,
                        name(dimension),
                        state.version(),
                        now,
                        values[dimension],
                        message));
            } else {
                board.resolve(FindingKind.EXPLODING_VALUES, name(dimension));
            }
        }
    }

    private String name(int dimension) {
        return spec.dimensions().get(dimension).name();
    }

    private static int known(ViewState state, int dimension) {
        return state.combinations().values(dimension) - 1;
    }

    static boolean explodes(int values, long rows) {
        return values > MANY || (values >= ENOUGH_TO_TELL && 2L * values > rows);
    }
}
