package io.tidemark.views.cube;

import java.util.Arrays;

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
    /** Half the bytes, as a roll-up under a filter goes over all of them; null: some count is beyond an int. */
    private final int[] counts;

    private final long[] longCounts; // null: all are in counts
    private final long rows;
    private final boolean positive;

    /**
     * @param hour hours since the epoch, UTC, floor; or {@link #NO_TIME}
     * @param combinations ids of {@link Combinations}, ascending, each once; not copied
     * @param counts never zero, one for each combination; not to be changed by others
     * @throws IllegalArgumentException if they are not
     * @throws ArithmeticException if the sum of all counts is beyond a long
     */
    HourBlock(long hour, int[] combinations, long[] counts) {
        if (combinations.length != counts.length) {
            throw new IllegalArgumentException(
                    "hour " + hour + ": " + combinations.length + " combinations with " + counts.length + " counts");
        }
        long sum = 0;
        boolean allPositive = true;
        boolean allShort = true;
        int before = -1;
        for (int i = 0; i < counts.length; i++) {
            if (combinations[i] <= before) {
                throw new IllegalArgumentException(
                        "hour " + hour + ": combination " + combinations[i] + " does not come after " + before);
            }
            before = combinations[i];
            if (counts[i] == 0) {
                throw new IllegalArgumentException("hour " + hour + ": combination " + before + " counts zero rows");
            }
            allPositive &= counts[i] > 0;
            allShort &= counts[i] == (int) counts[i];
            sum = Math.addExact(sum, counts[i]);
        }
        this.hour = hour;
        this.combinations = combinations;
        this.counts = allShort ? shortened(counts) : null;
        this.longCounts = allShort ? null : counts;
        this.rows = sum;
        this.positive = allPositive;
    }

    private static int[] shortened(long[] counts) {
        int[] shortened = new int[counts.length];
        for (int i = 0; i < shortened.length; i++) {
            shortened[i] = (int) counts[i];
        }
        return shortened;
    }

    /** The same cells at another hour. */
    private HourBlock(long hour, HourBlock cells) {
        this.hour = hour;
        this.combinations = cells.combinations;
        this.counts = cells.counts;
        this.longCounts = cells.longCounts;
        this.rows = cells.rows;
        this.positive = cells.positive;
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
        return counts != null ? counts[i] : longCounts[i];
    }

    /** Sum of all counts. */
    public long rows() {
        return rows;
    }

    /** True if no count is negative: these are counts of rows, and not a difference that takes some back. */
    public boolean isPositive() {
        return positive;
    }

    /** For blocks of the same hour. */
    static Runs<HourBlock> runs() {
        return new Runs<>(HourBlock::size, HourBlock::plus);
    }

    /**
     * Cell by cell sum of two blocks of the same hour; cells that come out as zero are gone.
     *
     * @throws ArithmeticException if a count is beyond a long
     */
    public HourBlock plus(HourBlock other) {
        if (hour != other.hour) {
            throw new IllegalArgumentException("hour " + hour + " cannot be added to hour " + other.hour);
        }
        int[] ids = new int[combinations.length + other.combinations.length];
        long[] sums = new long[ids.length];
        int a = 0;
        int b = 0;
        int n = 0;
        while (a < combinations.length && b < other.combinations.length) {
            int left = combinations[a];
            int right = other.combinations[b];
            long sum;
            if (left == right) {
                sum = Math.addExact(count(a++), other.count(b++));
            } else if (left < right) {
                sum = count(a++);
            } else {
                sum = other.count(b++);
            }
            ids[n] = Math.min(left, right);
            sums[n] = sum;
            if (sum != 0) {
                n++;
            }
        }
        n = appendRest(a, ids, sums, n);
        n = other.appendRest(b, ids, sums, n);
        return new HourBlock(hour, Arrays.copyOf(ids, n), Arrays.copyOf(sums, n));
    }

    private int appendRest(int from, int[] ids, long[] sums, int n) {
        int rest = combinations.length - from;
        System.arraycopy(combinations, from, ids, n, rest);
        for (int i = 0; i < rest; i++) {
            sums[n + i] = count(from + i);
        }
        return n + rest;
    }

    public HourBlock negated() {
        long[] negated = new long[combinations.length];
        for (int i = 0; i < negated.length; i++) {
            negated[i] = Math.negateExact(count(i));
        }
        return new HourBlock(hour, combinations, negated);
    }

    /** Adds every count to the sum of its combination. The sums must have a place for each. */
    void addTo(long[] sums) {
        for (int i = 0; i < combinations.length; i++) {
            sums[combinations[i]] += count(i);
        }
    }

    /** Sum of the counts of some combinations: those whose mask is all ones; the others' are zero. No branch a cell. */
    long rows(long[] masks) {
        long sum = 0;
        if (counts == null) {
            for (int i = 0; i < combinations.length; i++) {
                sum += longCounts[i] & masks[combinations[i]];
            }
            return sum;
        }
        for (int i = 0; i < combinations.length; i++) {
            sum += counts[i] & masks[combinations[i]];
        }
        return sum;
    }

    /** The same cells at another hour. */
    HourBlock at(long otherHour) {
        return new HourBlock(otherHour, this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HourBlock
                && hour == ((HourBlock) other).hour
                && Arrays.equals(combinations, ((HourBlock) other).combinations)
                && Arrays.equals(counts, ((HourBlock) other).counts)
                && Arrays.equals(longCounts, ((HourBlock) other).longCounts);
    }

    @Override
    public int hashCode() {
        int cells = counts != null ? Arrays.hashCode(counts) : Arrays.hashCode(longCounts);
        return 31 * (31 * Long.hashCode(hour) + Arrays.hashCode(combinations)) + cells;
    }

    @Override
    public String toString() {
        return "HourBlock[hour=" + (hour == NO_TIME ? "none" : hour) + ", cells=" + size() + ", rows=" + rows + "]";
    }
}
