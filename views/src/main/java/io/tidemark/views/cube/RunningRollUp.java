package io.tidemark.views.cube;

import java.util.List;

/**
 * The roll-up of a cube under one filter, kept up to date step by step. What a step costs here depends on that step alone; only
 * for a view that has more groups than are listed, all of them are looked at now and then. Not thread-safe.
 */
public final class RunningRollUp {
    private final Selection selection;
    private final Groups groups;
    private Combinations combinations;
    private long rows;
    private long noTime;

    private RunningRollUp(Selection selection, RollUp.Pass pass, Groups groups, Combinations combinations) {
        this.selection = selection;
        this.groups = groups;
        this.combinations = combinations;
        rows = pass.rows;
        noTime = pass.noTime;
    }

    /** As {@link RollUp#of}. */
    public static RunningRollUp of(
            CubeSpec spec, Cube cube, Combinations combinations, Filter filter, ServedLimits limits) {
        Selection selection = new Selection(spec, filter);
        Groups groups = new Groups(combinations, limits);
        RollUp.Pass pass = new RollUp.Pass(selection, cube, combinations, groups);
        groups.begin();
        return new RunningRollUp(selection, pass, groups, combinations);
    }

    /**
     * Goes on by one step.
     *
     * @param after what is known after the step
     * @return the groups that changed, as new totals (0: not listed any more); {@code rows}, {@code noTime} and
     *     {@code values} in full; {@code unlisted} where it changed
     */
    public RollUp apply(CubeDelta delta, Combinations after) {
        combinations = after;
        long[] masks = selection.masks(combinations);
        LongSums byCombination = new LongSums();
        LongSums hours = new LongSums();
        for (HourBlock block : delta.blocks()) {
            if (selection.acceptsHour(block.hour())) {
                add(block, masks, byCombination, hours);
            }
        }
        return groups.apply(GroupSteps.of(hours, byCombination, combinations), combinations, rows, noTime);
    }

    private void add(HourBlock block, long[] masks, LongSums byCombination, LongSums hours) {
        long n = 0;
        for (int i = 0; i < block.size(); i++) {
            if (masks[block.combination(i)] != 0) {
                byCombination.add(block.combination(i), block.count(i));
                n = Math.addExact(n, block.count(i));
            }
        }
        rows = Math.addExact(rows, n);
        if (block.hour() == HourBlock.NO_TIME) {
            noTime = Math.addExact(noTime, n);
        } else {
            hours.add(block.hour(), n);
        }
    }

    /**
     * What brings somebody on who holds the roll-up as it was before the last steps, or after any of them: every group that
     * they touched, and those that came to be listed or not by that, with their totals now. As {@link #apply}'s answer. A
     * group that a later step brought back to what it was is there, too.
     */
    public RollUp since(List<CubeDelta> steps) {
        long[] masks = selection.masks(combinations);
        LongSums touched = new LongSums();
        LongSums hours = new LongSums();
        for (CubeDelta step : steps) {
            for (HourBlock block : step.blocks()) {
                if (selection.acceptsHour(block.hour())) {
                    touch(block, masks, touched, hours);
                }
            }
        }
        return groups.since(GroupSteps.of(hours, touched, combinations), rows, noTime);
    }

    /** Counts how often something is touched, which is never taken back. */
    private static void touch(HourBlock block, long[] masks, LongSums touched, LongSums hours) {
        boolean any = false;
        for (int i = 0; i < block.size(); i++) {
            if (masks[block.combination(i)] != 0) {
                touched.add(block.combination(i), 1);
                any = true;
            }
        }
        if (any && block.hour() != HourBlock.NO_TIME) {
            hours.add(block.hour(), 1);
        }
    }

    /** All that is listed; equals {@link RollUp#of} for the same cube. */
    public RollUp current() {
        return groups.whole(rows, noTime);
    }

    /** What {@link #current} does not list. */
    public Unlisted unlisted() {
        return groups.unlisted();
    }

    /** How many groups are kept here: each takes up to 45 bytes. */
    public long groups() {
        return groups.held();
    }
}
