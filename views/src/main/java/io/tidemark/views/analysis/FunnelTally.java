package io.tidemark.views.analysis;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Follows ids through ordered steps. Rows come in any order.
 *
 * <p>The rule is that of the first touch: an id's first step is its earliest row with that value, and each further step the
 * earliest row with its value that is <em>later</em> than the row of the step before. Rows of one time have no order, so none of
 * them comes after another, and no row serves two steps. Whoever does not come through from its first row is not tried again
 * from a later one.
 *
 * <p>For one thread. A row of the first value takes no room beside that of its id, unless the value comes again in a later step.
 */
public final class FunnelTally {
    /** Nothing yet. A row at this very microsecond, which is in the year 294247, counts one earlier. */
    private static final long NEVER = Long.MAX_VALUE;

    private final int[] valueOfStep;
    private final TouchList[] touches; // by value; null for one that is of the first step only
    private final long withinMicros;
    private long[] first = new long[0]; // by id
    private int ids;

    public FunnelTally(FunnelQuery query) {
        List<String> values = query.values();
        valueOfStep = query.steps().stream().mapToInt(values::indexOf).toArray();
        withinMicros = query.within().map(FunnelTally::micros).orElse(NEVER);
        touches = new TouchList[values.size()];
        for (int step = 1; step < valueOfStep.length; step++) {
            touches[valueOfStep[step]] = new TouchList();
        }
    }

    private static long micros(Duration within) {
        return Math.addExact(Math.multiplyExact(within.getSeconds(), 1_000_000L), within.getNano() / 1_000);
    }

    /**
     * Counts one row.
     *
     * @param id from 0; ids should be few where they are high
     * @param value number of the step's value among {@link FunnelQuery#values()}
     */
    public void add(int id, long micros, int value) {
        long time = Math.min(micros, NEVER - 1);
        if (id >= ids) {
            grow(id + 1);
        }
        if (value == 0) {
            first[id] = Math.min(first[id], time);
        }
        if (touches[value] != null) {
            touches[value].add(id, time);
        }
    }

    private void grow(int size) {
        if (size > first.length) {
            int before = first.length;
            first = Arrays.copyOf(first, Math.max(64, Math.max(size, 2 * before)));
            Arrays.fill(first, before, first.length, NEVER);
        }
        ids = size;
    }

    /** With what {@link #reached()} takes. */
    public long heapBytes() {
        long bytes = 3L * 8 * first.length;
        for (TouchList list : touches) {
            bytes += list == null ? 0 : list.heapBytes();
        }
        return bytes;
    }

    /** How many ids reached each step; each number is at most the one before. */
    public long[] reached() {
        long[] counts = new long[valueOfStep.length];
        long[] last = Arrays.copyOf(first, ids);
        counts[0] = count(last);
        for (int step = 1; step < valueOfStep.length; step++) {
            last = after(last, touches[valueOfStep[step]]);
            counts[step] = count(last);
        }
        return counts;
    }

    /** By id, the earliest of the touches that is later than the last one. */
    private long[] after(long[] last, TouchList candidates) {
        long[] next = new long[ids];
        Arrays.fill(next, NEVER);
        candidates.forEach((id, time) -> {
            if (time > last[id] && time < next[id] && isWithin(first[id], time)) {
                next[id] = time;
            }
        });
        return next;
    }

    /** Only of a time that is not before the start. The difference of two times may be more than a long holds. */
    private boolean isWithin(long start, long time) {
        long passed = time - start;
        return passed >= 0 ? passed <= withinMicros : withinMicros == NEVER;
    }

    private static long count(long[] times) {
        return Arrays.stream(times).filter(time -> time != NEVER).count();
    }
}
