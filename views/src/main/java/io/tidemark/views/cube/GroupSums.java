package io.tidemark.views.cube;

import io.tidemark.views.cube.GroupOrder.Group;
import io.tidemark.views.cube.Unlisted.Rest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Totals of all groups of one view, of which the first ones are listed. As long as there are no more groups than may be
 * listed, a total is all that is kept of a group.
 */
final class GroupSums {
    private final LongSums totals = new LongSums();
    private final GroupOrder order;
    private final int limit;
    private Ranking ranking; // null: all groups that may be listed are
    private long groups;
    private long rows;
    private long listableGroups;
    private long listableRows;

    GroupSums(GroupOrder order, int limit) {
        this.order = order;
        this.limit = limit;
    }

    /**
     * Groups that a step or several changed.
     *
     * @param groups with new totals; zero: not listed any more
     * @param rest empty if it is as before
     */
    record Change(List<Group> groups, Optional<Rest> rest) {}

    /** Adds to a group, before the first step. */
    void load(long key, long n) {
        long after = totals.add(key, n);
        note(key, after - n, after);
    }

    private void note(long key, long before, long after) {
        int change = (after != 0 ? 1 : 0) - (before != 0 ? 1 : 0);
        rows = Math.addExact(rows, after - before);
        groups += change;
        if (order.listable(key)) {
            listableRows += after - before;
            listableGroups += change;
        }
    }

    /** To be called when all is loaded and steps will follow. */
    void begin() {
        if (listableGroups > limit) {
            ranking = new Ranking(totals, order, limit);
        }
    }

    /** Number of groups. */
    long groups() {
        return groups;
    }

    /** Groups that are kept here, counting what the order of some takes besides their totals. */
    long held() {
        return groups + (ranking == null ? 0 : 2L * ranking.size());
    }

    boolean has(long key) {
        return totals.get(key) != 0;
    }

    /** True if every group is listed. */
    boolean listsAll() {
        return ranking == null && groups <= limit && groups == listableGroups;
    }

    /** The keys of all groups, ascending. */
    long[] sortedKeys() {
        return totals.sortedKeys();
    }

    long total(long key) {
        return totals.get(key);
    }

    /** The groups that are listed, in their order. */
    List<Group> listed() {
        return ranking == null ? Ranking.select(totals, order, limit, null) : ranking.first(limit);
    }

    /** What is not listed, when {@link #begin} was called; null if that is nothing. */
    Rest rest() {
        return rest(
                ranking == null ? listableGroups : ranking.listedGroups(),
                ranking == null ? listableRows : ranking.listedRows());
    }

    /** What is not listed where this is; null if that is nothing. */
    Rest rest(List<Group> listed) {
        return rest(listed.size(), listed.stream().mapToLong(Group::count).sum());
    }

    private Rest rest(long listedGroups, long listedRows) {
        return groups == listedGroups ? null : new Rest(groups - listedGroups, rows - listedRows);
    }

    private record Touched(long key, long total, boolean wasListed) {}

    /** Goes on by one step. */
    Change apply(LongSums step) {
        Rest before = rest();
        List<Touched> touched = new ArrayList<>();
        step.forEach((key, n) -> {
            long total = totals.add(key, n);
            note(key, total - n, total);
            if (order.listable(key)) {
                boolean wasListed = ranking == null ? total != n : ranking.change(key, total - n, total);
                touched.add(new Touched(key, total, wasListed));
            }
        });
        List<Group> changed = new ArrayList<>();
        if (ranking != null) {
            Ranking.Moves moves = ranking.settle();
            moves.entered().stream().filter(key -> step.get(key) == 0).forEach(key -> changed.add(group(key)));
            moves.left().stream().filter(key -> step.get(key) == 0).forEach(key -> changed.add(new Group(key, 0)));
        } else if (listableGroups > limit) {
            ranking = new Ranking(totals, order, limit);
            totals.forEach((key, total) -> {
                if (step.get(key) == 0 && order.listable(key) && !ranking.lists(key, total)) {
                    changed.add(new Group(key, 0));
                }
            });
        }
        for (Touched group : touched) {
            if (group.total() != 0 && lists(group.key(), group.total())) {
                changed.add(new Group(group.key(), group.total()));
            } else if (group.wasListed()) {
                changed.add(new Group(group.key(), 0));
            }
        }
        if (listableGroups <= limit) {
            ranking = null;
        }
        Rest after = rest();
        return new Change(changed, rowsOf(before) == rowsOf(after) ? Optional.empty() : Optional.of(orZero(after)));
    }

    private Group group(long key) {
        return new Group(key, totals.get(key));
    }

    private boolean lists(long key, long total) {
        return ranking == null || ranking.lists(key, total);
    }

    private static long rowsOf(Rest rest) {
        return rest == null ? 0 : rest.rows();
    }

    private static Rest orZero(Rest rest) {
        return rest == null ? new Rest(0, 0) : rest;
    }

    /**
     * What somebody may hold otherwise who knows the totals of some time before, or of any time since, when only these groups
     * have been touched in between.
     *
     * <p>Where all groups are listed these are the ones. Else, a group that was not touched may have been listed at that time
     * only, or be listed only now: then it is, among those that were not touched, near the place where the list ends.
     *
     * @param step keys that were touched
     */
    Change since(Set<Long> step) {
        List<Group> changed = new ArrayList<>();
        boolean touchedLong = false;
        for (long key : step) {
            long total = totals.get(key);
            if (order.listable(key)) {
                changed.add(new Group(key, total != 0 && lists(key, total) ? total : 0));
            } else {
                touchedLong = true;
            }
        }
        boolean mayHaveBeenCut = listableGroups + step.size() > limit;
        if (mayHaveBeenCut) {
            int place = 0;
            for (Group group : firstBeside(step)) {
                place++;
                boolean listed = lists(group.key(), group.count());
                if (!listed) {
                    changed.add(new Group(group.key(), 0));
                } else if (place > limit - step.size()) {
                    changed.add(group);
                }
            }
        }
        Rest rest = rest();
        boolean restMayDiffer = !step.isEmpty() && (rest != null || mayHaveBeenCut || touchedLong);
        return new Change(changed, restMayDiffer ? Optional.of(orZero(rest)) : Optional.empty());
    }

    /** The first groups of those that were not touched, as many as may be listed. */
    private List<Group> firstBeside(Set<Long> touched) {
        if (ranking == null || touched.size() > limit) {
            return Ranking.select(
                    totals,
                    new GroupOrder() {
                        @Override
                        public int compare(long key, long count, long otherKey, long otherCount) {
                            return order.compare(key, count, otherKey, otherCount);
                        }

                        @Override
                        public boolean listable(long key) {
                            return order.listable(key) && !touched.contains(key);
                        }
                    },
                    limit,
                    null);
        }
        return ranking.first((long) limit + touched.size()).stream()
                .filter(group -> !touched.contains(group.key()))
                .limit(limit)
                .toList();
    }
}
