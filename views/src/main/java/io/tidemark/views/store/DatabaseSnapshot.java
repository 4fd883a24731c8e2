package io.tidemark.views.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/**
 * The database as it was at one moment, for any thread. Every call is short, and the database is not closed during it;
 * when the database is closed so is this, and whatever is asked then is an {@link IllegalStateException}.
 */
final class DatabaseSnapshot implements AutoCloseable {

    /** What a snapshot needs of its database. */
    interface Owner {
        ColumnFamilyHandle handle(Family family);

        /** Calls, and holds off the closing of the database for as long. */
        <T> T whileOpen(Supplier<T> call);

        /** To be told of what a read failed with. */
        void failed(StateException why);

        /** To be told, before the database is closed, when a snapshot is no more. */
        void released(DatabaseSnapshot snapshot);
    }

    /** A key and its value. */
    record Entry(byte[] key, byte[] value) {}

    private final Owner owner;
    private final RocksDB rocks;
    private final Snapshot snapshot;
    private final ReadOptions reads = new ReadOptions().setFillCache(false);
    private boolean open = true;
    private boolean lost;

    /** To be made while the database is open. */
    DatabaseSnapshot(Owner owner, RocksDB rocks) {
        this.owner = owner;
        this.rocks = rocks;
        this.snapshot = rocks.getSnapshot();
        reads.setSnapshot(snapshot);
    }

    /** The value of a key, or null. */
    byte[] get(Family family, byte[] key) {
        return owner.whileOpen(() -> getHere(family, key));
    }

    private synchronized byte[] getHere(Family family, byte[] key) {
        requireOpen();
        try {
            return rocks.get(owner.handle(family), reads, key);
        } catch (RocksDBException e) {
            throw failed(e, family);
        }
    }

    /** The first entries from a key on, in the order of the keys. */
    List<Entry> entries(Family family, byte[] from, int most) {
        return owner.whileOpen(() -> entriesHere(family, from, most));
    }

    private synchronized List<Entry> entriesHere(Family family, byte[] from, int most) {
        requireOpen();
        List<Entry> found = new ArrayList<>();
        try (RocksIterator entries = rocks.newIterator(owner.handle(family), reads)) {
            for (entries.seek(from); found.size() < most && entries.isValid(); entries.next()) {
                found.add(new Entry(entries.key(), entries.value()));
            }
            // Damage ends the walk as the last entry does.
            entries.status();
            return found;
        } catch (RocksDBException e) {
            throw failed(e, family);
        }
    }

    private StateException failed(RocksDBException e, Family family) {
        StateException why = Remedy.of(e, "Reading the " + family);
        owner.failed(why);
        return why;
    }

    private void requireOpen() {
        if (!open) {
            if (lost) {
                throw new StateException("What was pinned is gone: the state had to be opened anew. Ask again.");
            }
            throw new IllegalStateException("what was pinned is closed");
        }
    }

    @Override
    public void close() {
        owner.whileOpen(() -> {
            release();
            return null;
        });
    }

    /** As {@link #release}, while the database goes on without it: whoever reads on is told. */
    synchronized void lose() {
        lost = true;
        release();
    }

    /** As {@link #close}, for the database itself. */
    synchronized void release() {
        if (open) {
            open = false;
            reads.close();
            rocks.releaseSnapshot(snapshot);
            owner.released(this);
        }
    }
}
