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
 * {@link #bytes()}, {@link #snapshot()}, what that gives, and {@link #close()}.
 *
 * <p>A write is not synced: it outlives a killed process, not a power cut. After a power cut an earlier state is found,
 * whole: batches come back in the order in which they were written, up to some last one.
 */
final class Database implements DatabaseSnapshot.Owner, AutoCloseable {
    private static final byte[] NOTHING = new byte[0];

    private final Path directory;
    private final DatabaseOptions options;
    private final RocksDB rocks;
    private final List<ColumnFamilyHandle> handles;
    private final ReadOptions reads = new ReadOptions();
    private final ReadOptions scans = new ReadOptions().setFillCache(false);
    private final WriteOptions writes = new WriteOptions();
    private final WriteOptions syncedWrites = new WriteOptions().setSync(true);
    private final Set<DatabaseSnapshot> snapshots = ConcurrentHashMap.newKeySet();
    /** Shared by those who read snapshots, exclusive for who closes. */
    private final ReadWriteLock life = new ReentrantReadWriteLock();

    private boolean closed;

    Database(Path directory, DatabaseOptions options, RocksDB rocks, List<ColumnFamilyHandle> handles) {
        this.directory = directory;
        this.options = options;
        this.rocks = rocks;
        this.handles = List.copyOf(handles);
    }

    @Override
    public ColumnFamilyHandle handle(Family family) {
        return handles.get(family.ordinal());
    }

    /** The value of a key, or null. */
    byte[] get(Family family, byte[] key) {
        try {
            return rocks.get(handle(family), reads, key);
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
            return rocks.get(handle(family), reads, key, buffer);
        } catch (RocksDBException e) {
            throw Remedy.of(e, "Reading the " + family);
        }
    }

    /** For very many keys in their order. To be closed before this is. */
    SortedLookup lookup(Family family) {
        return new SortedLookup(rocks.newIterator(handle(family), scans), "Reading the " + family);
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
        try (RocksIterator entries = rocks.newIterator(handle(family), scans)) {
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
        try (RocksIterator entries = rocks.newIterator(handle(family), scans)) {
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
            rocks.write(how, batch.rocks());
        } catch (RocksDBException e) {
            throw Remedy.of(e, "Writing the state");
        }
    }

    /**
     * Makes a file of entries that come in the order of their keys, and takes it in, whole or not at all, past log and write
     * buffers. It is on the disk when this returns, before what was written earlier may be.
     *
     * @param entries puts them
     */
    void ingest(Family family, Consumer<SortedFile> entries) {
        Path path = directory.resolve("entering.sst");
        try (SortedFile file = new SortedFile(path, options.of(family))) {
            entries.accept(file);
            file.enter(rocks, handle(family));
        } finally {
            deleteIfThere(path);
        }
    }

    private static void deleteIfThere(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StateException("The file " + file + " cannot be deleted. Give a writable --state-dir.", e);
        }
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
            DatabaseSnapshot snapshot = new DatabaseSnapshot(this, rocks);
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
            return files.mapToLong(Database::size).sum();
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // RocksDB has just deleted it
        }
    }

    @Override
    public void close() {
        life.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                closeAll();
            }
        } finally {
            life.writeLock().unlock();
        }
    }

    /** In this order: what is used before what it uses. */
    private void closeAll() {
        List.copyOf(snapshots).forEach(DatabaseSnapshot::release);
        handles.forEach(ColumnFamilyHandle::close);
        rocks.close();
        syncedWrites.close();
        writes.close();
        scans.close();
        reads.close();
        options.close();
    }
}
