package io.tidemark.views.cube;

import io.tidemark.views.cube.RollUp.HourCount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Totals by hour. Hours are by far the most groups of a roll-up, and a cube gives them in order: as long as all are listed and no step
 * follows, they are neither looked up nor sorted.
 */
final class HourSums {
    private final int limit;
    private long[] hours = new long[16];
    private long[] totals = new long[16];
    private int size;
    private GroupSums sums; // null: all is in the arrays

    HourSums(int limit) {
        this.limit = limit;
    }

    /**
     * Adds an hour, before the first step.
     *
     * @param hour after the one before
     * @param n not zero
     */
    void load(long hour, long n) {
        if (size == hours.length) {
            hours = Arrays.copyOf(hours, 2 * size);
            totals = Arrays.copyOf(totals, 2 * size);
        }
        hours[size] = hour;
        totals[size++] = n;
    }

    /** As groups that steps change; they belong to this. */
    GroupSums groups() {
        if (sums == null) {
            sums = new GroupSums(GroupOrder.NEWEST_HOUR, limit);
            for (int i = 0; i < size; i++) {
                sums.load(hours[i], totals[i]);
            }
            hours = new long[0];
            totals = hours;
        }
        return sums;
    }

    /** True if every hour is listed. */
    boolean listsAll() {
        return sums == null ? size <= limit : sums.listsAll();
    }

    /** Every hour, in order. */
    List<HourCount> all() {
        if (sums == null) {
            List<HourCount> counts = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                counts.add(new HourCount(hours[i], totals[i]));
            }
            return counts;
        }
        long[] keys = sums.sortedKeys();
        List<HourCount> counts = new ArrayList<>(keys.length);
        for (long hour : keys) {
            counts.add(new HourCount(hour, sums.total(hour)));
        }
        return counts;
    }
}
