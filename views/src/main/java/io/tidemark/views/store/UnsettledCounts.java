package io.tidemark.views.store;

import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts of distinct values that a step wrote ahead. The first of them comes with a note of the step's number, and the
 * step's own batch with another. Before the next step each becomes what it is: the count after the step if that was
 * committed, else the count before it. To be cut off in between does no harm.
 */
final class UnsettledCounts {
    private static final int AT_ONCE = 50_000;

    private UnsettledCounts() {}

    static void announce(long step, Batch batch) {
        batch.put(Family.META, MetaTable.UNSETTLED, bytes(step));
    }

    static void commit(long step, Batch batch) {
        batch.put(Family.META, MetaTable.UNSETTLED_HOLDS, bytes(step));
    }

    private static byte[] bytes(long step) {
        return new ByteWriter().writeLong(step).toBytes();
    }

    /** Settles all that there is; nothing to do in the usual case. */
    static void settle(Database database) {
        long step = step(database, MetaTable.UNSETTLED);
        if (step == 0) {
            return;
        }
        boolean holds = step(database, MetaTable.UNSETTLED_HOLDS) == step;
        List<Found> found = new ArrayList<>();
        database.forEach(Family.DISTINCT, (key, value) -> {
            DistinctCount count = DistinctCount.decode(value);
            if (count.step() != 0) {
                found.add(new Found(key, holds ? count.seenBy(step) : count.files()));
            }
            if (found.size() >= AT_ONCE) {
                write(found, database);
            }
        });
        write(found, database);
        try (Batch batch = new Batch(database)) {
            batch.delete(Family.META, MetaTable.UNSETTLED);
            batch.delete(Family.META, MetaTable.UNSETTLED_HOLDS);
            database.write(batch);
        }
    }

    /** What a count is to be. */
    private record Found(byte[] key, long files) {}

    private static void write(List<Found> found, Database database) {
        try (Batch batch = new Batch(database)) {
            for (Found one : found) {
                if (one.files() == 0) {
                    batch.delete(Family.DISTINCT, one.key());
                } else {
                    batch.put(
                            Family.DISTINCT,
                            one.key(),
                            DistinctCount.settled(one.files()).encode());
                }
            }
            database.write(batch);
        }
        found.clear();
    }

    /** 0: there is no such note. */
    private static long step(Database database, byte[] note) {
        byte[] stored = database.get(Family.META, note);
        try {
            return stored == null ? 0 : new ByteReader(stored).readLong();
        } catch (IllegalArgumentException e) {
            throw Remedy.damaged("the note of counts that are not settled cannot be read", e);
        }
    }
}
