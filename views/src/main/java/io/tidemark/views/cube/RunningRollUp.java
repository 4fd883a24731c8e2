package io.tidemark.views.cube;

import io.tidemark.views.cube.RollUp.HourCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The roll-up of a cube under one filter, kept up to date step by step: what a step costs here depends on that step alone. Not
 * thread-safe.
 */
public final class RunningRollUp {
    private final Selection selection;
    private final LongSums hours = new LongSums();
    private final Groups groups;
    private Combinations combinations;
    private long rows;
    private long noTime;

    private RunningRollUp(Selection selection, RollUp.Pass pass, Combinations combinations) {
        this.selection = selection;
        this.combinations = combinations;
        rows = pass.rows;
        noTime = pass.noTime;
        pass.hourly.forEach(hour -> hours.add(hour.hour(), hour.count()));
        groups = pass.groups(combinations);
    }

    /** As {@link RollUp#of}. */
    public static RunningRollUp of(CubeSpec spec, Cube cube, Combinations combinations, Filter filter) {
        Selection selection = new Selection(spec, filter);
        return new RunningRollUp(selection, new RollUp.Pass(selection, cube, combinations), combinations);
    }

    /**
     * Goes on by one step.
     *
     * @param combinations as of after the step
     * @return the groups that changed, as new totals (0: the group is gone), with {@code rows} and {@code noTime} in full
     */
    public RollUp apply(CubeDelta delta, Combinations combinations) {
        this.combinations = combinations;
        long[] masks = selection.masks(combinations);
        LongSums byCombination = new LongSums();
        List<HourCount> hourly = new ArrayList<>();
        for (HourBlock block : delta.blocks()) {
            if (selection.acceptsHour(block.hour())) {
                add(block, masks, byCombination, hourly);
            }
        }
        Groups step = new Groups(combinations.dimensions());
        byCombination.forEach((combination, n) -> step.add(combinations, (int) combination, n));
        return new RollUp(
                rows, noTime, hourly, groups.addDimensions(step, combinations), groups.addHeatmap(step, combinations));
    }

    private void add(HourBlock block, long[] masks, LongSums byCombination, List<HourCount> hourly) {
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
        } else if (n != 0) {
            hourly.add(new HourCount(block.hour(), hours.add(block.hour(), n)));
        }
    }

    /** All groups; equals {@link RollUp#of} for the same cube. */
    public RollUp current() {
        List<HourCount> hourly = new ArrayList<>();
        hours.forEach((hour, n) -> hourly.add(new HourCount(hour, n)));
        hourly.sort(Comparator.comparingLong(HourCount::hour));
        return new RollUp(rows, noTime, hourly, groups.dimensions(combinations), groups.heatmap(combinations));
    }
}
