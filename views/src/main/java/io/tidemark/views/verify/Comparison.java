package io.tidemark.views.verify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares what is served with what was counted, cell by cell.
 *
 * @param cells how many were compared
 * @param differences how many of them differ
 * @param first the first of those; unmodifiable
 */
record Comparison(long cells, long differences, List<Difference> first) {

    /** @param most how many differences to keep */
    static Comparison of(Cells served, Cells counted, int most) {
        Set<String> views = new LinkedHashSet<>(counted.views());
        views.addAll(served.views());
        long cells = 0;
        long differences = 0;
        List<Difference> first = new ArrayList<>();
        for (String view : views) {
            Set<List<String>> groups = new LinkedHashSet<>(counted.groups(view));
            groups.addAll(served.groups(view));
            for (List<String> group : groups) {
                cells++;
                long left = served.count(view, group);
                long right = counted.count(view, group);
                if (left != right) {
                    differences++;
                    if (first.size() < most) {
                        first.add(new Difference(view, group, left, right));
                    }
                }
            }
        }
        return new Comparison(cells, differences, List.copyOf(first));
    }
}
