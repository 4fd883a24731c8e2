package io.tidemark.views.cube;

import java.util.ArrayList;
import java.util.List;

/**
 * What steps add to the groups of each view.
 *
 * @param hours by hour; without the rows that have no time
 * @param values by ordinal, one for each dimension
 * @param pairs by ordinals of the first two dimensions: the first one in the upper half
 */
record GroupSteps(LongSums hours, List<LongSums> values, LongSums pairs) {

    static GroupSteps of(LongSums hours, LongSums byCombination, Combinations combinations) {
        List<LongSums> values = new ArrayList<>();
        for (int d = 0; d < combinations.dimensions(); d++) {
            values.add(new LongSums());
        }
        LongSums pairs = new LongSums();
        byCombination.forEach((id, n) -> {
            int combination = (int) id;
            for (int d = 0; d < values.size(); d++) {
                values.get(d).add(combinations.ordinal(combination, d), n);
            }
            if (values.size() >= 2) {
                long first = combinations.ordinal(combination, 0);
                pairs.add(first << 32 | combinations.ordinal(combination, 1), n);
            }
        });
        return new GroupSteps(hours, values, pairs);
    }
}
