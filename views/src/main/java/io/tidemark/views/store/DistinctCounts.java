package io.tidemark.views.store;

import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How many live files hold each distinct value: exact, and it can be taken back. A value that no file holds has no entry, so
 * that the number of entries is the number of distinct values.
 */
final class DistinctCounts {
    private final Database database;
    private final Batch batch;
    private final boolean allNew;
    private final byte[] buffer = new byte[16];
    private long grown;

    /** @param allNew nothing need be read: there are no entries */
    private DistinctCounts(Database database, Batch batch, boolean allNew) {
        this.database = database;
        this.batch = batch;
        this.allNew = allNew;
    }

    /**
     * Writes what a step changes.
     *
     * @param distinct number of entries before
     * @return number of entries after
     * @throws StateException if a value would be held by less than no files
     */
    static long write(HashCounts step, long distinct, Database database, Batch batch) {
        DistinctCounts writer = new DistinctCounts(database, batch, distinct == 0);
        step.forEachSorted(writer::change);
        if (distinct + writer.grown < 0) {
            throw Remedy.damaged("more distinct values would be taken back than there are");
        }
        return distinct + writer.grown;
    }

    private void change(long high, long low, int change) {
        byte[] key = key(high, low);
        long before = allNew ? 0 : stored(key);
        long after = Math.addExact(before, change);
        if (after < 0) {
            throw Remedy.damaged("a distinct value would be taken back from more files than hold it");
        }
        if (after == 0) {
            batch.delete(Family.DISTINCT, key);
            grown--;
        } else {
            batch.put(
                    Family.DISTINCT, key, new ByteWriter().writeUnsigned(after).toBytes());
            grown += before == 0 ? 1 : 0;
        }
    }

    /** The 96 bits of a hash. */
    private static byte[] key(long high, long low) {
        return ByteBuffer.allocate(12)
                .putLong(high)
                .putInt((int) (low >>> Integer.SIZE))
                .array();
    }

    /** Number of files that hold a value; 0 if there is no entry. */
    private long stored(byte[] key) {
        int length = database.get(Family.DISTINCT, key, buffer);
        if (length < 0) {
            return 0;
        }
        try {
            ByteReader in = new ByteReader(Arrays.copyOf(buffer, length));
            long count = in.readCount();
            in.readEnd();
            if (count == 0) {
                throw new IllegalArgumentException("a distinct value that no file holds");
            }
            return count;
        } catch (IllegalArgumentException e) {
            throw Remedy.damaged("the count of a distinct value cannot be read", e);
        }
    }
}
