package io.tidemark.views.store;

import io.tidemark.views.cube.Contribution;

/** Files that come in a step, or that go. */
public record Flow(long files, long bytes, long rows) {
    public static final Flow NONE = new Flow(0, 0, 0);

    public Flow plus(Contribution contribution) {
        return new Flow(
                files + 1, Math.addExact(bytes, contribution.bytes()), Math.addExact(rows, contribution.rows()));
    }
}
