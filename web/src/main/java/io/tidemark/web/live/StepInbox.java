package io.tidemark.web.live;

import io.tidemark.views.store.Applied;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Steps on their way from the tailer to the hub. When the hub is late, the last steps are merged: as many wait as
 * {@link #MAX}, and no more. Safe for use by many threads.
 */
final class StepInbox {
    private static final int MAX = 64;

    private final Deque<Applied> steps = new ArrayDeque<>();

    /** @return true if the inbox was empty, so that the hub must be woken */
    synchronized boolean add(Applied step) {
        boolean wasEmpty = steps.isEmpty();
        if (step.newEpoch()) {
            // What came before is of another history.
            steps.clear();
        }
        if (steps.size() >= MAX) {
            steps.addLast(merge(steps.removeLast(), step));
        } else {
            steps.addLast(step);
        }
        return wasEmpty;
    }

    synchronized List<Applied> take() {
        List<Applied> taken = new ArrayList<>(steps);
        steps.clear();
        return taken;
    }

    /** Two steps as one. */
    static Applied merge(Applied first, Applied second) {
        return second.newEpoch()
                ? second
                : new Applied(second.state(), first.delta().plus(second.delta()), first.newEpoch());
    }
}
