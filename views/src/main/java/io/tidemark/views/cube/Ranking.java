package io.tidemark.views.cube;

import io.tidemark.views.cube.GroupOrder.Group;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/**
 * The first groups of a view that has more of them than are listed, kept up to date as totals change.
 *
 * <p>It knows the first groups exactly: those that are listed, and a reserve of those that come next, down to a threshold. A
 * group that changes costs the logarithm of that. Only when many have left and the reserve is used up, all groups are
 * looked at again, once for as many changes as the reserve is long.
 */
final class Ranking {
    private final LongSums totals;
    private final GroupOrder order;
    private final int limit;
    private final int spare;
    private final TreeSet<Group> listed;
    private final TreeSet<Group> reserve;
    /** No group beyond those known here comes before it. Null: all groups are known here. */
    private Group threshold;

    private long listedRows;
    private Set<Long> entered = new HashSet<>();
    private Set<Long> left = new HashSet<>();

    /**
     * What became of groups that did not change themselves.
     *
     * @param entered keys of those that are listed now, and were not before
     */
    record Moves(Set<Long> entered, Set<Long> left) {}

    /** @param totals of all groups; whoever changes them tells it here */
    Ranking(LongSums totals, GroupOrder order, int limit) {
        this.totals = totals;
        this.order = order;
        this.limit = limit;
        this.spare = Math.max(2, limit / 2);
        this.listed = new TreeSet<>(order::compare);
        this.reserve = new TreeSet<>(order::compare);
        know((long) limit + spare);
        settle();
    }

    /** Number of groups that are known here. */
    int size() {
        return listed.size() + reserve.size();
    }

    int listedGroups() {
        return listed.size();
    }

    long listedRows() {
        return listedRows;
    }

    boolean lists(long key, long count) {
        return listed.contains(new Group(key, count));
    }

    /**
     * Takes note of a group's new total, zero if it is gone. {@link #settle} must follow the last one of a step.
     *
     * @return true if it was listed before the step
     */
    boolean change(long key, long before, long after) {
        boolean wasListed = false;
        if (before != 0) {
            Group old = new Group(key, before);
            wasListed = listed.remove(old);
            if (wasListed) {
                listedRows -= before;
            } else {
                reserve.remove(old);
            }
        }
        if (after != 0) {
            put(new Group(key, after));
        }
        return wasListed;
    }

    private void put(Group group) {
        if (threshold != null && order.compare(group, threshold) > 0) {
            return;
        }
        TreeSet<Group> above = listed.isEmpty() ? reserve : listed;
        boolean first = above.isEmpty() || order.compare(group, above == listed ? above.last() : above.first()) < 0;
        if (first) {
            listed.add(group);
            listedRows += group.count();
        } else {
            reserve.add(group);
        }
    }

    /** Ends a step: as many are listed as may be. */
    Moves settle() {
        if (size() < limit) {
            know((long) limit + spare);
        }
        while (listed.size() > limit) {
            Group last = listed.pollLast();
            listedRows -= last.count();
            reserve.add(last);
            moved(last, left, entered);
        }
        while (listed.size() < limit && !reserve.isEmpty()) {
            Group next = reserve.pollFirst();
            listedRows += next.count();
            listed.add(next);
            moved(next, entered, left);
        }
        if (size() > (long) limit + 2L * spare) {
            while (size() > (long) limit + spare) {
                reserve.pollLast();
            }
            threshold = reserve.last();
        }
        Moves moves = new Moves(entered, left);
        entered = new HashSet<>();
        left = new HashSet<>();
        return moves;
    }

    private static void moved(Group group, Set<Long> to, Set<Long> from) {
        if (!from.remove(group.key())) {
            to.add(group.key());
        }
    }

    /** The first groups in their order, as many as there are up to a number, which may be beyond those listed. */
    List<Group> first(long wanted) {
        know(wanted);
        List<Group> first = new ArrayList<>();
        for (TreeSet<Group> part : List.of(listed, reserve)) {
            for (Group group : part) {
                if (first.size() == wanted) {
                    return first;
                }
                first.add(group);
            }
        }
        return first;
    }

    /** Looks at all groups, if fewer are known here than wanted. */
    private void know(long wanted) {
        if (threshold == null && size() > 0 || size() >= wanted) {
            return;
        }
        int missing = (int) Math.min(Integer.MAX_VALUE - 8, wanted - size());
        List<Group> more = select(totals, order, missing, threshold);
        reserve.addAll(more);
        threshold = more.size() < missing ? null : more.get(more.size() - 1);
    }

    /**
     * The first groups of all.
     *
     * @param most how many
     * @param after only those that come after this one; null: all
     */
    static List<Group> select(LongSums totals, GroupOrder order, int most, Group after) {
        PriorityQueue<Group> worstFirst = new PriorityQueue<>((a, b) -> order.compare(b, a));
        totals.forEach((key, count) -> {
            if (worstFirst.size() >= most) {
                Group worst = worstFirst.peek();
                if (order.compare(key, count, worst.key(), worst.count()) > 0) {
                    return;
                }
            }
            if (order.listable(key) && (after == null || order.compare(key, count, after.key(), after.count()) > 0)) {
                if (worstFirst.size() >= most) {
                    worstFirst.poll();
                }
                worstFirst.add(new Group(key, count));
            }
        });
        List<Group> selected = new ArrayList<>(worstFirst);
        selected.sort(order::compare);
        return selected;
    }
}
