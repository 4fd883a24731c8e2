package io.tidemark.views.cube;

import io.tidemark.views.cube.RollUp.PairCount;
import io.tidemark.views.cube.RollUp.ValueCount;
import java.util.ArrayList;
import java.util.List;

/** Sums by value of each dimension and by pair of the first two, from sums by combination. */
final class Groups {
    private final List<LongSums> values = new ArrayList<>();
    private final LongSums pairs = new LongSums();

    Groups(int dimensions) {
        for (int d = 0; d < dimensions; d++) {
            values.add(new LongSums());
        }
    }

    void add(Combinations combinations, int combination, long n) {
        for (int d = 0; d < values.size(); d++) {
            values.get(d).add(combinations.ordinal(combination, d), n);
        }
        if (values.size() >= 2) {
            pairs.add(pair(combinations.ordinal(combination, 0), combinations.ordinal(combination, 1)), n);
        }
    }

    private static long pair(int first, int second) {
        return (long) first << 32 | second;
    }

    List<List<ValueCount>> dimensions(Combinations combinations) {
        List<List<ValueCount>> lists = new ArrayList<>();
        for (int d = 0; d < values.size(); d++) {
            int dimension = d;
            List<ValueCount> list = new ArrayList<>();
            values.get(d)
                    .forEach((ordinal, n) -> list.add(new ValueCount(combinations.value(dimension, (int) ordinal), n)));
            lists.add(ServedOrder.values(list));
        }
        return List.copyOf(lists);
    }

    List<PairCount> heatmap(Combinations combinations) {
        List<PairCount> list = new ArrayList<>();
        pairs.forEach((pair, n) -> list.add(pairCount(combinations, pair, n)));
        return ServedOrder.pairs(list);
    }

    /** Adds a step's sums; returns each group that it changes with its new total, or zero where it is gone. */
    List<List<ValueCount>> addDimensions(Groups step, Combinations combinations) {
        List<List<ValueCount>> lists = new ArrayList<>();
        for (int d = 0; d < values.size(); d++) {
            int dimension = d;
            List<ValueCount> list = new ArrayList<>();
            LongSums totals = values.get(d);
            step.values
                    .get(d)
                    .forEach((ordinal, n) -> list.add(
                            new ValueCount(combinations.value(dimension, (int) ordinal), totals.add(ordinal, n))));
            lists.add(ServedOrder.values(list));
        }
        return List.copyOf(lists);
    }

    /** As {@link #addDimensions}, for the pairs. */
    List<PairCount> addHeatmap(Groups step, Combinations combinations) {
        List<PairCount> list = new ArrayList<>();
        step.pairs.forEach((pair, n) -> list.add(pairCount(combinations, pair, pairs.add(pair, n))));
        return ServedOrder.pairs(list);
    }

    private static PairCount pairCount(Combinations combinations, long pair, long n) {
        return new PairCount(combinations.value(0, (int) (pair >>> 32)), combinations.value(1, (int) pair), n);
    }
}
