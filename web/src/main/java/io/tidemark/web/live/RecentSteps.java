package io.tidemark.web.live;

import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.HourBlock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The last steps of one history, without a gap: what a client missed that was away for a short while. One thread. */
final class RecentSteps {

    /**
     * @param from version before the step
     * @param to version after it
     */
    private record Recent(long from, long to, CubeDelta delta, long cells) {}

    private final Deque<Recent> steps = new ArrayDeque<>();
    private final int maxSteps;
    private final long maxCells;
    private long cells;

    RecentSteps(int maxSteps, long maxCells) {
        this.maxSteps = maxSteps;
        this.maxCells = maxCells;
    }

    void add(long from, long to, CubeDelta delta) {
        Recent step = new Recent(
                from,
                to,
                delta,
                delta.blocks().stream().mapToLong(HourBlock::size).sum());
        steps.addLast(step);
        cells += step.cells();
        while (steps.size() > maxSteps || cells > maxCells) {
            cells -= steps.removeFirst().cells();
        }
    }

    void clear() {
        steps.clear();
        cells = 0;
    }

    /**
     * The steps after a version; empty if they are not all known any more, or if no step began there: within a step, nobody
     * knows what was listed.
     */
    Optional<List<CubeDelta>> since(long version) {
        List<CubeDelta> missed = new ArrayList<>();
        boolean begun = false;
        for (Recent step : steps) {
            begun |= step.from() == version;
            if (begun) {
                missed.add(step.delta());
            }
        }
        return begun ? Optional.of(missed) : Optional.empty();
    }
}
