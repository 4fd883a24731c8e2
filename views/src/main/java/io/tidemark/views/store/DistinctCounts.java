package io.tidemark.views.store;

import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * How many live files hold each distinct value: exact, and it can be taken back. A value that no file holds has no entry, so
 * that the number of entries is the number of distinct values.
 */
final class DistinctCounts {
    private final Database database;
    private final Batch batch;
    private final List<byte[]> keys = new ArrayList<>();
    private final List<Integer> changes = new ArrayList<>();
    private long grown;

    private DistinctCounts(Database database, Batch batch) {
        this.database = database;
        this.batch = batch;
    }

    /**
     * Writes what a step changes.
     *
     * @param distinct number of entries before
     * @return number of entries after
     * @throws StateException if a value would be held by less than no files
     */
    static long write(HashCounts step, long distinct, Database database, Batch batch) {
        DistinctCounts writer = new DistinctCounts(database, batch);
        step.forEachSorted((high, low, change) -> {
            writer.keys.add(new FileKey(high, low).bytes());
            writer.changes.add(change);
            if (writer.keys.size() == Database.KEYS_AT_ONCE) {
                writer.writeKeys(distinct == 0);
            }
        });
        writer.writeKeys(distinct == 0);
        if (distinct + writer.grown < 0) {
            throw Remedy.damaged("more distinct values would be taken back than there are");
        }
        return distinct + writer.grown;
    }

    /** @param allNew nothing need be read: there are no entries */
    private void writeKeys(boolean allNew) {
        if (keys.isEmpty()) {
            return;
        }
        List<byte[]> stored = allNew ? null : database.getAll(Family.DISTINCT, keys);
        for (int i = 0; i < keys.size(); i++) {
            long before = stored == null || stored.get(i) == null ? 0 : decode(stored.get(i));
            long after = Math.addExact(before, changes.get(i));
            if (after < 0) {
                throw Remedy.damaged("a distinct value would be taken back from more files than hold it");
            }
            if (after == 0) {
                batch.delete(Family.DISTINCT, keys.get(i));
                grown--;
            } else {
                batch.put(
                        Family.DISTINCT,
                        keys.get(i),
                        new ByteWriter().writeUnsigned(after).toBytes());
                grown += before == 0 ? 1 : 0;
            }
        }
        keys.clear();
        changes.clear();
    }

    private static long decode(byte[] value) {
        try {
            ByteReader in = new ByteReader(value);
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
