package io.tidemark.views.cube;

import java.util.ArrayList;
import java.util.List;

/** Sequences of hour blocks, ascending by hour, none empty. */
final class SortedBlocks {

    private SortedBlocks() {}

    /** Checks a sequence that came from outside. */
    static List<HourBlock> checked(List<HourBlock> blocks) {
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).size() == 0) {
                throw new IllegalArgumentException(blocks.get(i) + " is empty");
            }
            if (i > 0 && blocks.get(i).hour() <= blocks.get(i - 1).hour()) {
                throw new IllegalArgumentException(blocks.get(i) + " does not come after " + blocks.get(i - 1));
            }
        }
        return blocks;
    }

    /** Sum of two sequences; blocks that come out as empty are gone. */
    static List<HourBlock> sum(List<HourBlock> a, List<HourBlock> b) {
        List<HourBlock> sums = new ArrayList<>(a.size() + b.size());
        int i = 0;
        int j = 0;
        while (i < a.size() && j < b.size()) {
            HourBlock left = a.get(i);
            HourBlock right = b.get(j);
            if (left.hour() < right.hour()) {
                sums.add(left);
                i++;
            } else if (left.hour() > right.hour()) {
                sums.add(right);
                j++;
            } else {
                HourBlock sum = left.plus(right);
                if (sum.size() > 0) {
                    sums.add(sum);
                }
                i++;
                j++;
            }
        }
        sums.addAll(a.subList(i, a.size()));
        sums.addAll(b.subList(j, b.size()));
        return sums;
    }
}
