package io.tidemark.views.cube;

/**
 * All cells of one hour: combinations of dimension values, and how many rows each has.
 *
 * <p>The unit of storage, of replication and of change. Also a signed difference of such counts: plus is commutative, and a
 * block plus its negation is empty. Immutable.
 */
public final class HourBlock {

    /** In place of the hour, for rows without a time. Sorts before every hour. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private final long hour;
    private final int[] combinations;
    private final long[] counts;

    /**
     * @param hour hours since the epoch, UTC, floor; or {@link #NO_TIME}
     * @param combinations ids of {@link Combinations}, ascending, each once; not copied
     * @param counts never zero, one for each combination; not copied
     */
    HourBlock(long hour, int[] combinations, long[] counts) {
        this.hour = hour;
        this.combinations = combinations;
        this.counts = counts;
    }

    public long hour() {
        return hour;
    }

    /** Number of cells. */
    public int size() {
        return combinations.length;
    }

    public int combination(int i) {
        return combinations[i];
    }

    public long count(int i) {
        return counts[i];
    }

    /** Sum of all counts. */
    public long rows() {
        throw new UnsupportedOperationException();
    }

    /** Cell by cell sum of two blocks of the same hour; cells that come out as zero are gone. */
    public HourBlock plus(HourBlock other) {
        throw new UnsupportedOperationException();
    }

    public HourBlock negated() {
        throw new UnsupportedOperationException();
    }
}
