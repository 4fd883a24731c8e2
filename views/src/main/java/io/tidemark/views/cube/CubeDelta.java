package io.tidemark.views.cube;

import java.util.List;

/**
 * What one step changes in the cube: signed hour blocks, ascending by hour, none empty. Immutable.
 *
 * <p>Plus is commutative, and a delta plus its negation is empty.
 */
public final class CubeDelta {
    private final List<HourBlock> blocks;

    private CubeDelta(List<HourBlock> blocks) {
        this.blocks = blocks;
    }

    public List<HourBlock> blocks() {
        return blocks;
    }

    public boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** Sum of all counts: by how many rows the table grows. */
    public long rows() {
        throw new UnsupportedOperationException();
    }

    public static CubeDelta empty() {
        return new CubeDelta(List.of());
    }

    public CubeDelta plus(CubeDelta other) {
        throw new UnsupportedOperationException();
    }

    /** Sums contributions, many of them: those that enter the table less those that leave it. */
    public static final class Builder {

        public Builder add(Contribution contribution) {
            throw new UnsupportedOperationException();
        }

        public Builder subtract(Contribution contribution) {
            throw new UnsupportedOperationException();
        }

        public CubeDelta build() {
            throw new UnsupportedOperationException();
        }
    }
}
