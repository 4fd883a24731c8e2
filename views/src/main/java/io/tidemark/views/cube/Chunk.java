package io.tidemark.views.cube;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The blocks of up to 256 neighbouring hours: what a commit copies of a {@link Cube}. Immutable. */
final class Chunk {
    private static final int HOUR_BITS = 8;

    private final long key;
    private final HourBlock[] blocks;
    private HourBlock sum; // made when first asked for; whoever makes it twice makes the same
    private CellsByCombination byCombination; // as the sum

    private Chunk(long key, HourBlock[] blocks) {
        this.key = key;
        this.blocks = blocks;
    }

    static Chunk empty(long key) {
        return new Chunk(key, new HourBlock[0]);
    }

    /** Which chunk an hour is in; in the order of the hours. */
    static long keyOf(long hour) {
        return hour >> HOUR_BITS;
    }

    long key() {
        return key;
    }

    int size() {
        return blocks.length;
    }

    /** @throws IllegalStateException if a count would become negative */
    Chunk plus(List<HourBlock> delta) {
        List<HourBlock> sums = SortedBlocks.sum(Arrays.asList(blocks), delta);
        for (HourBlock block : sums) {
            requirePositive(block);
        }
        return new Chunk(key, sums.toArray(HourBlock[]::new));
    }

    static HourBlock requirePositive(HourBlock block) {
        if (!block.isPositive()) {
            throw new IllegalStateException(
                    block + " would count less than no rows: more is taken back than was given");
        }
        return block;
    }

    /** Number of cells of all blocks. */
    long cells() {
        long cells = 0;
        for (HourBlock block : blocks) {
            cells += block.size();
        }
        return cells;
    }

    /** True if all blocks are within {@code fromHour <= hour < toHour}. */
    boolean isWithin(long fromHour, long toHour) {
        return blocks[0].hour() >= fromHour && blocks[blocks.length - 1].hour() < toHour;
    }

    /** Sum of all blocks by combination; its hour means nothing. */
    HourBlock sum() {
        HourBlock known = sum;
        if (known == null) {
            known = BlockSum.of(blocks);
            sum = known;
        }
        return known;
    }

    /**
     * Visits the rows of each hour that are of the combinations whose mask is all ones, where there are any.
     *
     * @param masks by combination; else zero
     */
    void forEachHour(long[] masks, HourRows visitor) {
        // Then so many are of no hour and no combination either.
        if (sum().rows() <= Integer.MAX_VALUE) {
            byCombination().forEachHour(masks, visitor);
            return;
        }
        for (HourBlock block : blocks) {
            long rows = block.rows(masks);
            if (rows != 0) {
                visitor.visit(block.hour(), rows);
            }
        }
    }

    private CellsByCombination byCombination() {
        CellsByCombination known = byCombination;
        if (known == null) {
            known = new CellsByCombination(sum(), blocks);
            byCombination = known;
        }
        return known;
    }

    /** Takes the rows of one hour. */
    interface HourRows {
        void visit(long hour, long rows);
    }

    /** The block of an hour, or null. */
    HourBlock block(long hour) {
        int i = firstFrom(hour);
        return i < blocks.length && blocks[i].hour() == hour ? blocks[i] : null;
    }

    void forEach(long fromHour, long toHour, Consumer<HourBlock> visitor) {
        for (int i = firstFrom(fromHour); i < blocks.length && blocks[i].hour() < toHour; i++) {
            visitor.accept(blocks[i]);
        }
    }

    private int firstFrom(long hour) {
        int low = 0;
        int high = blocks.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (blocks[middle].hour() < hour) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
