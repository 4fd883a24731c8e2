package io.tidemark.views.cube;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * All hour blocks of a table at one version: an immutable, sorted sequence.
 *
 * <p>A new version replaces the blocks of the hours that changed and shares the rest, so that a reader may hold a version for
 * as long as it likes, and what a commit costs does not depend on how many hours there are.
 */
public final class Cube {

    public static Cube empty() {
        throw new UnsupportedOperationException();
    }

    /**
     * @throws IllegalStateException if a count would become negative: what is taken back was never given
     */
    public Cube plus(CubeDelta delta) {
        throw new UnsupportedOperationException();
    }

    public Optional<HourBlock> block(long hour) {
        throw new UnsupportedOperationException();
    }

    /**
     * Visits the blocks with {@code fromHour <= hour < toHour}, ascending. {@link HourBlock#NO_TIME} is the first hour of all.
     */
    public void forEach(long fromHour, long toHour, Consumer<HourBlock> visitor) {
        throw new UnsupportedOperationException();
    }

    /** Number of blocks. */
    public int size() {
        throw new UnsupportedOperationException();
    }

    /** Number of cells of all blocks. */
    public long cells() {
        throw new UnsupportedOperationException();
    }
}
