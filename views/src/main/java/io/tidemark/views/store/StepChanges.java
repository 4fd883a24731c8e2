package io.tidemark.views.store;

import io.tidemark.views.cube.Contribution;
import io.tidemark.views.cube.CubeDelta;

/**
 * The sums of a step.
 *
 * @param distinct by how many files more each distinct value is held
 * @param added files that were not live before
 * @param removed files that were live before
 */
record StepChanges(CubeDelta cells, DistinctStep distinct, Flow added, Flow removed, LedgerStep entries) {

    long files() {
        return added.files() - removed.files();
    }

    long bytes() {
        return Math.subtractExact(added.bytes(), removed.bytes());
    }

    /** Files that come, or that go. */
    record Flow(long files, long bytes, long rows) {
        static final Flow NONE = new Flow(0, 0, 0);

        Flow plus(Contribution contribution) {
            return new Flow(
                    files + 1, Math.addExact(bytes, contribution.bytes()), Math.addExact(rows, contribution.rows()));
        }
    }
}
