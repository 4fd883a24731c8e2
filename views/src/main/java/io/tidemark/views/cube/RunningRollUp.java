package io.tidemark.views.cube;

/**
 * The roll-up of a cube under one filter, kept up to date step by step: what a step costs here depends on that step alone. Not
 * thread-safe.
 */
public final class RunningRollUp {

    /** As {@link RollUp#of}. */
    public static RunningRollUp of(CubeSpec spec, Cube cube, Combinations combinations, Filter filter) {
        throw new UnsupportedOperationException();
    }

    /**
     * Goes on by one step.
     *
     * @param combinations as of after the step
     * @return the groups that changed, as new totals (0: the group is gone), with {@code rows} and {@code noTime} in full
     */
    public RollUp apply(CubeDelta delta, Combinations combinations) {
        throw new UnsupportedOperationException();
    }

    /** All groups; equals {@link RollUp#of} for the same cube. */
    public RollUp current() {
        throw new UnsupportedOperationException();
    }
}
