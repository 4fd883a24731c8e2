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

    /**
     * What happened since a version.
     *
     * @param from at or before that version; the steps begin here
     */
    record Missed(long from, List<CubeDelta> steps) {}

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

    /** The steps that go beyond a version; empty if they are not all known any more. */
    Optional<Missed> since(long version) {
        if (steps.isEmpty()
                || steps.getFirst().from() > version
                || steps.getLast().to() < version) {
            return Optional.empty();
        }
        List<CubeDelta> missed = new ArrayList<>();
        long from = version;
        for (Recent step : steps) {
            if (step.to() > version) {
                from = Math.min(from, step.from());
                missed.add(step.delta());
            }
        }
        return Optional.of(new Missed(from, missed));
    }
}
