package io.tidemark.views.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/**
 * RocksDB as far as the store needs it; whatever goes wrong is a {@link StateException}. Used by one thread, but for
 * {@link #bytes()}, {@link #nativeMemory()}, {@link #snapshot()}, what that gives, and {@link #close()}.
 *
 * <p>A write is not synced: it outlives a killed process, not a power cut. After a power cut an earlier state is found,
 * whole: batches come back in the order in which they were written, up to some last one.
 */
final class Database implements DatabaseSnapshot.Owner, AutoCloseable {
    private static final byte[] NOTHING = new byte[0];

    private final Path directory;
    private volatile Opened opened; // null: closed, or could not be opened again
    private final ReadOptions reads = new ReadOptions();
    private final ReadOptions scans = new ReadOptions().setFillCache(false);
    private final WriteOptions writes = new WriteOptions();
    private final WriteOptions syncedWrites = new WriteOptions().setSync(true);
    private final Set<DatabaseSnapshot> snapshots = ConcurrentHashMap.newKeySet();
    /** Shared by those who read snapshots, exclusive for who closes. */
    private final ReadWriteLock life = new ReentrantReadWriteLock();

    private boolean closed;
    private volatile DamagedStateException damage; // that a reader met; null: none
    private volatile boolean failed; // to write: RocksDB takes no more, perhaps
    private volatile long bytes; // when they were asked for last

    /** What RocksDB gave, and what it was opened with. */
    record Opened(DatabaseOptions options, RocksDB rocks, List<ColumnFamilyHandle> handles) {
        /** In this order: what is used before what it uses. */
        void close() {
            handles.forEach(ColumnFamilyHandle::close);
            rocks.close();
            options.close();
        }
    }

    Database(Path directory, Opened opened) {
        this.directory = directory;
        this.opened = opened;
    }

    private Opened opened() {
        Opened now = opened;
        if (now == null) {
            throw new StateException("The state is not open, as its disk failed. It is tried again.");
        }
        return now;
    }

    private RocksDB rocks() {
        return opened().rocks();
    }

    @Override
    public ColumnFamilyHandle handle(Family family) {
        return opened().handles().get(family.ordinal());
    }

    /** The value of a key, or null. */
    byte[] get(Family family, byte[] key) {
        try {
            return rocks().get(handle(family), reads, key);
        } catch (RocksDBException e) {
            throw Remedy.of(e, "Reading the " + family);
        }
    }

    /** True if there is such a key; its value may be big and is not brought. */
    boolean has(Family family, byte[] key) {
        return get(family, key, NOTHING) != RocksDB.NOT_FOUND;
    }

    /**
     * Brings a short value into a buffer: for many keys in turn, where it is twice as fast as asking for all at once.
     *
     * @return length of the value, which may be more than was brought; -1 if there is none
     */
    int get(Family family, byte[] key, byte[] buffer) {
        try {
            return rocks().get(handle(family), reads, key, buffer);
        } catch (RocksDBException e) {
            throw Remedy.of(e, "Reading the " + family);
        }
    }

    /** For very many keys in their order. To be closed before this is. */
    SortedLookup lookup(Family family) {
        return new SortedLookup(rocks().newIterator(handle(family), scans), "Reading the " + family);
    }

    /** Visits all keys and values in the order of the keys, as of now. */
    void forEach(Family family, BiConsumer<byte[], byte[]> visitor) {
        walk(family, entries -> visitor.accept(entries.key(), entries.value()));
    }

    /** Visits all keys in their order, as of now. */
    void forEachKey(Family family, Consumer<byte[]> visitor) {
        walk(family, entries -> visitor.accept(entries.key()));
    }

    private void walk(Family family, Consumer<RocksIterator> visitor) {
        try (RocksIterator entries = rocks().newIterator(handle(family), scans)) {
            for (entries.seekToFirst(); entries.isValid(); entries.next()) {
                visitor.accept(entries);
            }
            // Damage ends the walk as the last entry does.
            entries.status();
        } catch (RocksDBException e) {
            throw Remedy.of(e, "Reading the " + family);
        }
    }

    boolean isEmpty(Family family) {
        try (RocksIterator entries = rocks().newIterator(handle(family), scans)) {
            entries.seekToFirst();
            entries.status();
            return !entries.isValid();
        } catch (RocksDBException e) {
            throw Remedy.of(e, "Reading the " + family);
        }
    }

    /** Writes all of a batch, or nothing. */
    void write(Batch batch) {
        write(batch, writes);
    }

    /** Deletes everything. */
    void clear() {
        byte[] end = new byte[64];
        Arrays.fill(end, (byte) 0xFF);
        try (Batch batch = new Batch(this)) {
            for (Family family : Family.values()) {
                batch.deleteRange(family, NOTHING, end);
            }
            write(batch);
        }
    }

    /** As {@link #write}, and waits until it is on the disk. */
    void writeSynced(Batch batch) {
        write(batch, syncedWrites);
    }

    private void write(Batch batch, WriteOptions how) {
        try {
            rocks().write(how, batch.rocks());
        } catch (RocksDBException e) {
            failed = true;
            throw Remedy.of(e, "Writing the state");
        }
    }

    /**
     * Makes files of entries that come in the order of their keys, and takes them in, all or none, past log and write
     * buffers. They are on the disk when this returns, before what was written earlier may be.
     *
     * @param parts the entries are cut into so many, or fewer
     */
    void ingest(Family family, int parts, SortedFiles.Entries entries) {
        try (SortedFiles files =
                new SortedFiles(directory, parts, () -> opened().options().of(family))) {
            files.write(entries);
            files.enter(rocks(), handle(family));
        } catch (StateException e) {
            failed = true;
            throw e;
        }
    }

    @Override
    public void failed(StateException why) {
        if (why instanceof DamagedStateException damaged) {
            damage = damaged;
        }
    }

    /** @throws DamagedStateException if a reader of a snapshot found what is stored damaged since this was opened */
    void requireUndamaged() {
        DamagedStateException found = damage;
        if (found != null) {
            throw found;
        }
    }

    /** True if a write failed since this was opened. */
    boolean failed() {
        return failed || opened == null;
    }

    /** Deletes all entries. */
    void clear(Family family) {
        if (!isEmpty(family)) {
            try (Batch batch = new Batch(this)) {
                batch.deleteAll(family);
                write(batch);
            }
        }
    }

    /**
     * All as it is now, but for what is being written.
     *
     * @throws IllegalStateException if the database is closed
     */
    DatabaseSnapshot snapshot() {
        return whileOpen(() -> {
            if (closed) {
                throw new IllegalStateException("the store is closed");
            }
            DatabaseSnapshot snapshot = new DatabaseSnapshot(this, rocks());
            snapshots.add(snapshot);
            return snapshot;
        });
    }

    @Override
    public <T> T whileOpen(Supplier<T> call) {
        life.readLock().lock();
        try {
            return call.get();
        } finally {
            life.readLock().unlock();
        }
    }

    @Override
    public void released(DatabaseSnapshot snapshot) {
        snapshots.remove(snapshot);
    }

    /** Snapshots that are not closed yet. */
    int snapshots() {
        return snapshots.size();
    }

    /** Bytes of all files. Asks the file system only, so that any thread may ask, also while this is being closed. */
    long bytes() {
        try (Stream<Path> files = Files.list(directory)) {
            bytes = files.mapToLong(Database::size).sum();
        } catch (NoSuchFileException e) {
            bytes = 0;
        } catch (IOException | UncheckedIOException e) {
            // As they were: a disk that fails is told of by whoever writes to it.
        }
        return bytes;
    }

    /** For any thread; nothing while this is closed, or being opened again. */
    NativeMemory nativeMemory() {
        if (!life.readLock().tryLock()) {
            return NativeMemory.NONE;
        }
        try {
            Opened now = opened;
            return now == null ? NativeMemory.NONE : now.options().memory(now.rocks());
        } finally {
            life.readLock().unlock();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // RocksDB has just deleted it
        }
    }

    /**
     * Closes what RocksDB has open and opens it anew, as after a restart: RocksDB takes no more writes once one has failed. Whatever is
     * pinned is released.
     *
     * @throws StateException if it cannot be opened, for now; calling again tries again
     */
    void reopen() {
        Probe.write(directory);
        openAgain(() -> {});
    }

    /**
     * Sets everything aside, and begins with nothing.
     *
     * @throws StateException as {@link #reopen()}
     */
    void setAside() {
        openAgain(() -> SetAside.move(directory));
    }

    private void openAgain(Runnable meanwhile) {
        life.writeLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the store is closed");
            }
            closeRocks();
            failed = false;
            damage = null;
            meanwhile.run();
            // Its path is not told: clients may be told why it cannot be opened.
            opened = DatabaseOptions.openRocks(directory, "The state directory");
        } finally {
            life.writeLock().unlock();
        }
    }

    private void closeRocks() {
        List.copyOf(snapshots).forEach(closed ? DatabaseSnapshot::release : DatabaseSnapshot::lose);
        Opened before = opened;
        opened = null;
        if (before != null) {
            before.close();
        }
    }

    @Override
    public void close() {
        life.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                closeRocks();
                syncedWrites.close();
                writes.close();
                scans.close();
                reads.close();
            }
        } finally {
            life.writeLock().unlock();
        }
    }
}
