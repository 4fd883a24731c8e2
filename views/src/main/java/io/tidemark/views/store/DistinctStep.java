package io.tidemark.views.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * By how many files more, or less, each distinct value is held after a step: exact, and it can be taken back. A value that no
 * file holds has no entry, so that the number of entries is the number of distinct values.
 *
 * <p>The changes are summed in memory. When there are too many of them they are written ahead, into the same entries, as
 * counts that hold once the step is committed; {@link UnsettledCounts} brings them to rest after it.
 */
final class DistinctStep {
    private static final int HASH_BYTES = 12;
    private static final long BYTES_AT_ONCE = 4 << 20;
    /** From so many values on a file of their own, or passing others on the way to them, is worth it. */
    private static final int SORTED_FROM = 20_000;
    /** Of so many entries one must be asked for, else each is looked up by itself. */
    private static final int SPARSE = 16;

    private final ViewStore store;
    private final long step;
    private final byte[] buffer = new byte[DistinctCount.MOST_BYTES];
    private HashSums changes = new HashSums();
    private boolean wroteAhead;
    private final boolean first;
    private long entries; // at most so many there are
    private final DistinctTally tally = new DistinctTally();

    /**
     * @param step its number, which no other step has
     * @param distinct number of entries before it
     * @param first true if no step was ever committed
     */
    DistinctStep(ViewStore store, long step, long distinct, boolean first) {
        this.store = store;
        this.step = step;
        this.first = first;
        this.entries = distinct;
    }

    /** @param hashes as in {@link io.tidemark.views.cube.FileCounts#distinct()} */
    void add(long[] hashes, int files) {
        changes.add(hashes, files);
        int most = store.settings().distinctInMemory();
        // Half of them at least, or they would be summed again and again for little.
        if (changes.held() >= most && changes.sum().size() >= most / 2) {
            writeAhead(changes.sum());
            changes = new HashSums();
        }
    }

    private void writeAhead(HashRun sums) {
        try (Pieces pieces = new Pieces();
                Stored stored = stored(sums.size())) {
            sums.forEach((high, low, change) -> {
                byte[] key = key(high, low);
                DistinctCount before = stored.count(key);
                long after = change(before, change);
                pieces.put(key, new DistinctCount(before.files(), step, after));
            });
            pieces.write();
        }
        entries += sums.size();
    }

    /**
     * Writes the rest, and makes what was written ahead hold.
     *
     * @return by how many there are more distinct values
     * @throws StateException if a value would be held by less than no files
     */
    long write(Batch batch) {
        HashRun sums = changes.sum();
        if (first && !wroteAhead && sums.size() >= SORTED_FROM) {
            writeSorted(sums);
            return tally.grown();
        }
        try (Stored stored = stored(sums.size())) {
            sums.forEach((high, low, change) -> {
                byte[] key = key(high, low);
                long after = change(stored.count(key), change);
                if (after == 0) {
                    batch.delete(Family.DISTINCT, key);
                } else {
                    batch.put(Family.DISTINCT, key, DistinctCount.settled(after).encode());
                }
            });
        }
        if (wroteAhead) {
            UnsettledCounts.commit(step, batch);
        }
        return tally.grown();
    }

    /**
     * The values of a store's first step go past log and write buffers into files of their own. They are there before the step is,
     * which does no harm: of a store without a step they count for nothing.
     */
    private void writeSorted(HashRun sums) {
        sums.forEach((high, low, change) -> change(DistinctCount.NONE, change));
        store.database()
                .ingest(
                        Family.DISTINCT,
                        sums.size() / SORTED_FROM,
                        (part, parts, file) -> sums.forEach(
                                (int) ((long) sums.size() * part / parts),
                                (int) ((long) sums.size() * (part + 1) / parts),
                                (high, low, files) -> file.put(
                                        key(high, low),
                                        DistinctCount.settled(files).encode())));
    }

    private long change(DistinctCount stored, int change) {
        try {
            return tally.after(stored.seenBy(step), change);
        } catch (IllegalStateException e) {
            throw Remedy.damaged(e.getMessage(), e);
        }
    }

    /** @param asked for how many it will be asked */
    private Stored stored(int asked) {
        if (entries == 0) {
            return key -> DistinctCount.NONE;
        }
        if (asked >= SORTED_FROM && entries <= (long) SPARSE * asked) {
            SortedLookup lookup = store.database().lookup(Family.DISTINCT);
            return new Stored() {
                @Override
                public DistinctCount count(byte[] key) {
                    byte[] value = lookup.get(key);
                    return value == null ? DistinctCount.NONE : DistinctCount.decode(value);
                }

                @Override
                public void close() {
                    lookup.close();
                }
            };
        }
        return key -> {
            int length = store.database().get(Family.DISTINCT, key, buffer);
            return length < 0 ? DistinctCount.NONE : DistinctCount.decode(Arrays.copyOf(buffer, length));
        };
    }

    /** The counts that are stored, asked for in the order of their keys. */
    @FunctionalInterface
    private interface Stored extends AutoCloseable {
        DistinctCount count(byte[] key);

        @Override
        default void close() {}
    }

    /** The 96 bits of a hash. */
    private static byte[] key(long high, long low) {
        return ByteBuffer.allocate(HASH_BYTES)
                .putLong(high)
                .putInt((int) (low >>> Integer.SIZE))
                .array();
    }

    /** Batches of a bounded size, the first of which says that there will be counts that are not settled. */
    private final class Pieces implements AutoCloseable {
        private Batch batch = store.newBatch();

        void put(byte[] key, DistinctCount count) {
            if (!wroteAhead) {
                UnsettledCounts.announce(step, batch);
                wroteAhead = true;
            }
            batch.put(Family.DISTINCT, key, count.encode());
            if (batch.bytes() >= BYTES_AT_ONCE) {
                write();
            }
        }

        void write() {
            store.write(batch);
            batch.close();
            batch = store.newBatch();
        }

        @Override
        public void close() {
            batch.close();
        }
    }
}
