package io.tidemark.views.analysis;

import java.util.Arrays;

/** Notes in which units of time each id was seen. Rows come in any order. For one thread. */
public final class CohortTally {
    /** Days or weeks, from the first to the last one with a row: a table of them has half as many squared cells. */
    public static final int MOST_UNITS = 400;

    private final CohortUnit unit;
    /** Each an id and a unit; see {@link #pair}. */
    private final LongSet seen = new LongSet();

    private int first = Integer.MAX_VALUE;
    private int last = Integer.MIN_VALUE;
    private int ids;

    public CohortTally(CohortUnit unit) {
        this.unit = unit;
    }

    /**
     * Counts one row.
     *
     * @param id from 0; ids should be few where they are high
     * @throws TooManyPeriodsException if the rows lie too far from each other by now
     */
    public void add(int id, long micros) {
        int at = unit.of(micros);
        first = Math.min(first, at);
        last = Math.max(last, at);
        if ((long) last - first >= MOST_UNITS) {
            throw new TooManyPeriodsException(unit, first, last);
        }
        ids = Math.max(ids, id + 1);
        seen.add(pair(id, at));
    }

    /** Never 0. */
    private static long pair(int id, int unit) {
        return (id + 1L) << 32 | (unit & 0xffff_ffffL);
    }

    /** With what {@link #table()} takes. */
    public long heapBytes() {
        return seen.heapBytes() + 4L * ids + 4L * MOST_UNITS * MOST_UNITS;
    }

    public CohortTable table() {
        if (ids == 0) {
            return new CohortTable(unit, 0, new long[0][]);
        }
        int[] firstOf = new int[ids];
        Arrays.fill(firstOf, Integer.MAX_VALUE);
        seen.forEach(pair -> firstOf[id(pair)] = Math.min(firstOf[id(pair)], (int) pair));
        int units = last - first + 1;
        long[][] counts = new long[units][];
        Arrays.setAll(counts, c -> new long[units - c]);
        seen.forEach(pair -> {
            int begin = firstOf[id(pair)];
            counts[begin - first][(int) pair - begin]++;
        });
        return new CohortTable(unit, first, counts);
    }

    private static int id(long pair) {
        return (int) (pair >>> 32) - 1;
    }
}
