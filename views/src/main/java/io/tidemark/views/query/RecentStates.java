package io.tidemark.views.query;

import io.tidemark.views.cube.Combinations;
import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.ViewState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The versions that were served lately: the newest state, and what each of the last steps changed, so that the states before
 * it can be had again without reading a file, also after VACUUM. Bounded by steps and by cells. Safe for use by many threads.
 */
public final class RecentStates {
    private static final int MOST_STEPS = 1024;
    private static final long MOST_CELLS = 1 << 20;

    /** A step, and all of the state before it but its cube. */
    private record Past(ViewState before, CubeDelta delta, long cells) {}

    private final int mostSteps;
    private final long mostCells;
    private final Deque<Past> steps = new ArrayDeque<>(); // the newest first
    private ViewState newest; // null: nothing is served yet
    private long cells;

    public RecentStates() {
        this(MOST_STEPS, MOST_CELLS);
    }

    RecentStates(int mostSteps, long mostCells) {
        this.mostSteps = mostSteps;
        this.mostCells = mostCells;
    }

    /** Begins with a state; what was before it is not known. */
    public synchronized void start(ViewState state) {
        steps.clear();
        cells = 0;
        newest = state;
    }

    /** Goes on by a step; another history begins anew. */
    public synchronized void add(Applied step) {
        boolean follows = newest != null
                && !step.newEpoch()
                && step.state().epoch().equals(newest.epoch())
                && step.state().version() > newest.version();
        if (!follows) {
            start(step.state());
            return;
        }
        long size = step.delta().blocks().stream().mapToLong(HourBlock::size).sum();
        steps.addFirst(new Past(with(newest, newest.combinations(), Cube.empty()), step.delta(), size));
        cells += size;
        while (steps.size() > mostSteps || cells > mostCells) {
            cells -= steps.removeLast().cells();
        }
        newest = step.state();
    }

    /** True if {@link #at} gives the state of a version. */
    public synchronized boolean has(String epoch, long version) {
        return newest != null
                && newest.epoch().equals(epoch)
                && (newest.version() == version
                        || steps.stream().anyMatch(past -> past.before().version() == version));
    }

    /**
     * The state that was served at a version; empty if it is too long ago, or never was: several commits may have come as one
     * step. Takes time by what changed since.
     */
    public Optional<ViewState> at(String epoch, long version) {
        ViewState from;
        ViewState to = null;
        List<CubeDelta> between = new ArrayList<>();
        synchronized (this) {
            if (!has(epoch, version)) {
                return Optional.empty();
            }
            from = newest;
            Iterator<Past> past = steps.iterator();
            while (to == null && newest.version() != version) {
                Past step = past.next();
                between.add(step.delta());
                to = step.before().version() == version ? step.before() : null;
            }
        }
        if (to == null) {
            return Optional.of(from);
        }
        CubeDelta.Builder back = new CubeDelta.Builder();
        between.forEach(delta -> back.subtract(delta));
        return Optional.of(with(to, from.combinations(), from.cube().plus(back.build())));
    }

    private static ViewState with(ViewState state, Combinations combinations, Cube cube) {
        return new ViewState(
                state.spec(),
                state.metadata(),
                state.epoch(),
                state.version(),
                state.committedAt(),
                state.appliedAt(),
                cube,
                combinations,
                state.distinct(),
                state.files(),
                state.bytes());
    }
}
