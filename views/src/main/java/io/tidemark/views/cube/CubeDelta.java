package io.tidemark.views.cube;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one step changes in the cube: signed hour blocks, ascending by hour, none empty. Immutable.
 *
 * <p>Plus is commutative, and a delta plus its negation is empty. Counts beyond a long are an {@link ArithmeticException}.
 */
public final class CubeDelta {
    private static final CubeDelta EMPTY = new CubeDelta(List.of());

    private final List<HourBlock> blocks;

    private CubeDelta(List<HourBlock> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    /**
     * @param blocks ascending by hour, each hour once, none empty
     * @throws IllegalArgumentException if they are not
     */
    public static CubeDelta of(List<HourBlock> blocks) {
        return new CubeDelta(SortedBlocks.checked(blocks));
    }

    public static CubeDelta empty() {
        return EMPTY;
    }

    public List<HourBlock> blocks() {
        return blocks;
    }

    public boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** Sum of all counts: by how many rows the table grows. */
    public long rows() {
        long rows = 0;
        for (HourBlock block : blocks) {
            rows = Math.addExact(rows, block.rows());
        }
        return rows;
    }

    public CubeDelta plus(CubeDelta other) {
        return new CubeDelta(SortedBlocks.sum(blocks, other.blocks));
    }

    public CubeDelta negated() {
        return new CubeDelta(blocks.stream().map(HourBlock::negated).toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CubeDelta && blocks.equals(((CubeDelta) other).blocks);
    }

    @Override
    public int hashCode() {
        return blocks.hashCode();
    }

    @Override
    public String toString() {
        return "CubeDelta" + blocks;
    }

    /**
     * Sums contributions, many of them: those that enter the table less those that leave it. Memory grows with the cells
     * that change, not with the number of contributions.
     */
    public static final class Builder {
        /** Block, runs and entry of the map. */
        static final long HOUR_BYTES = 240;

        private static final long CELL_BYTES = 12;

        private final Map<Long, Runs<HourBlock>> hours = new HashMap<>();
        private long cells;

        public Builder add(Contribution contribution) {
            for (HourBlock block : contribution.blocks()) {
                add(block);
            }
            return this;
        }

        public Builder subtract(Contribution contribution) {
            for (HourBlock block : contribution.blocks()) {
                add(block.negated());
            }
            return this;
        }

        public Builder subtract(CubeDelta delta) {
            delta.blocks().forEach(block -> add(block.negated()));
            return this;
        }

        private void add(HourBlock block) {
            Runs<HourBlock> runs = hours.computeIfAbsent(block.hour(), hour -> HourBlock.runs());
            cells -= runs.held();
            runs.add(block);
            cells += runs.held();
        }

        /** Number of hours so far. */
        public int hours() {
            return hours.size();
        }

        /** What is held here, in bytes: an estimate. */
        public long heapBytes() {
            return hours.size() * HOUR_BYTES + cells * CELL_BYTES;
        }

        public CubeDelta build() {
            long[] ascending = new long[hours.size()];
            int n = 0;
            for (long hour : hours.keySet()) {
                ascending[n++] = hour;
            }
            Arrays.sort(ascending);
            List<HourBlock> blocks = new ArrayList<>(n);
            for (long hour : ascending) {
                Runs<HourBlock> runs = hours.get(hour);
                cells -= runs.held();
                HourBlock sum = runs.sum();
                cells += sum.size();
                if (sum.size() > 0) {
                    blocks.add(sum);
                }
            }
            return new CubeDelta(blocks);
        }
    }
}
