package io.tidemark.views.cube;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All hour blocks of a table at one version: an immutable, sorted sequence.
 *
 * <p>A new version replaces the blocks of the hours that changed and shares the rest, so that a reader may hold a version for
 * as long as it likes. What a commit costs hangs on the hours that it touches: their chunks of 256 hours are copied,
 * beside one reference for every other chunk (a year has 35).
 */
public final class Cube {
    private static final Cube EMPTY = new Cube(null, List.of(), 0, 0, 0);

    private final HourBlock noTime; // null: no row is without a time
    private final List<Chunk> chunks; // none empty
    private final int size;
    private final long cells;
    private final long rows;

    private Cube(HourBlock noTime, List<Chunk> chunks, int size, long cells, long rows) {
        this.noTime = noTime;
        this.chunks = chunks;
        this.size = size;
        this.cells = cells;
        this.rows = rows;
    }

    public static Cube empty() {
        return EMPTY;
    }

    /**
     * @throws IllegalStateException if a count would become negative: what is taken back was never given
     * @throws ArithmeticException if a count is beyond a long
     */
    public Cube plus(CubeDelta delta) {
        if (delta.isEmpty()) {
            return this;
        }
        List<HourBlock> changes = delta.blocks();
        HourBlock newNoTime = noTime;
        if (changes.get(0).hour() == HourBlock.NO_TIME) {
            newNoTime = plus(noTime, changes.get(0));
            changes = changes.subList(1, changes.size());
        }
        int newSize = size + count(newNoTime) - count(noTime);
        long newCells = cells + cells(newNoTime) - cells(noTime);
        List<Chunk> newChunks = new ArrayList<>(chunks.size() + 1);
        int next = 0;
        for (int i = 0; i < changes.size(); ) {
            long key = Chunk.keyOf(changes.get(i).hour());
            int end = i + 1;
            while (end < changes.size() && Chunk.keyOf(changes.get(end).hour()) == key) {
                end++;
            }
            int at = firstFrom(key, next);
            newChunks.addAll(chunks.subList(next, at));
            boolean known = at < chunks.size() && chunks.get(at).key() == key;
            Chunk before = known ? chunks.get(at) : Chunk.empty(key);
            Chunk after = before.plus(changes.subList(i, end));
            if (after.size() > 0) {
                newChunks.add(after);
            }
            newSize += after.size() - before.size();
            newCells += after.cells() - before.cells();
            next = known ? at + 1 : at;
            i = end;
        }
        newChunks.addAll(chunks.subList(next, chunks.size()));
        return new Cube(newNoTime, newChunks, newSize, newCells, Math.addExact(rows, delta.rows()));
    }

    private static HourBlock plus(HourBlock block, HourBlock change) {
        HourBlock sum = Chunk.requirePositive(block == null ? change : block.plus(change));
        return sum.size() == 0 ? null : sum;
    }

    private static int count(HourBlock block) {
        return block == null ? 0 : 1;
    }

    private static int cells(HourBlock block) {
        return block == null ? 0 : block.size();
    }

    public Optional<HourBlock> block(long hour) {
        if (hour == HourBlock.NO_TIME) {
            return Optional.ofNullable(noTime);
        }
        int i = firstFrom(Chunk.keyOf(hour), 0);
        return i < chunks.size() ? Optional.ofNullable(chunks.get(i).block(hour)) : Optional.empty();
    }

    /**
     * Visits the blocks with {@code fromHour <= hour < toHour}, ascending. {@link HourBlock#NO_TIME} is the first hour of all.
     */
    public void forEach(long fromHour, long toHour, Consumer<HourBlock> visitor) {
        if (noTime != null && fromHour == HourBlock.NO_TIME && toHour > HourBlock.NO_TIME) {
            visitor.accept(noTime);
        }
        forEachChunk(fromHour, toHour, chunk -> chunk.forEach(fromHour, toHour, visitor));
    }

    /** Visits the chunks that may hold hours of a range; not the rows without a time, which are in none. */
    void forEachChunk(long fromHour, long toHour, Consumer<Chunk> visitor) {
        long endKey = Chunk.keyOf(toHour);
        for (int i = firstFrom(Chunk.keyOf(fromHour), 0);
                i < chunks.size() && chunks.get(i).key() <= endKey;
                i++) {
            visitor.accept(chunks.get(i));
        }
    }

    /** Index of the first chunk from a key on. */
    private int firstFrom(long key, int low) {
        int from = low;
        int to = chunks.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (chunks.get(middle).key() < key) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** Number of blocks. */
    public int size() {
        return size;
    }

    /** Number of cells of all blocks. */
    public long cells() {
        return cells;
    }

    /** Cells that may be held: those of all blocks, and of the sum that is made for each chunk. */
    long mostCellsKept(long combinations) {
        return cells + Math.min(cells, chunks.size() * combinations);
    }

    /** Number of rows of all blocks. */
    public long rows() {
        return rows;
    }
}
