package io.tidemark.views.cube;

import java.util.ArrayList;
import java.util.List;

/**
 * How many groups of each view a step changed: those whose total is another than before.
 *
 * @param hours without the rows that have no time
 * @param values one number for each dimension
 * @param pairs of the first two dimensions; 0 if there are fewer
 */
public record ChangedGroups(long hours, List<Long> values, long pairs) {

    public ChangedGroups {
        values = List.copyOf(values);
    }

    /** Costs what the step changed, in time and, for as long as this takes, in memory. */
    public static ChangedGroups of(CubeDelta delta, Combinations combinations) {
        LongSums hours = new LongSums();
        LongSums byCombination = new LongSums();
        for (HourBlock block : delta.blocks()) {
            if (block.hour() != HourBlock.NO_TIME) {
                hours.add(block.hour(), block.rows());
            }
            for (int i = 0; i < block.size(); i++) {
                byCombination.add(block.combination(i), block.count(i));
            }
        }
        GroupSteps steps = GroupSteps.of(hours, byCombination, combinations);
        List<Long> values = new ArrayList<>();
        steps.values().forEach(sums -> values.add(number(sums)));
        return new ChangedGroups(number(hours), values, number(steps.pairs()));
    }

    private static long number(LongSums sums) {
        long[] number = {0};
        sums.forEach((key, sum) -> number[0]++);
        return number[0];
    }
}
