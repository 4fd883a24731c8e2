package io.tidemark.views.store;

import java.util.Arrays;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Writes that become visible together. */
final class Batch implements AutoCloseable {
    private final Database database;
    private final WriteBatch rocks = new WriteBatch();

    Batch(Database database) {
        this.database = database;
    }

    WriteBatch rocks() {
        return rocks;
    }

    void put(Family family, byte[] key, byte[] value) {
        try {
            rocks.put(database.handle(family), key, value);
        } catch (RocksDBException e) {
            throw Remedy.of(e, "Preparing a write");
        }
    }

    void delete(Family family, byte[] key) {
        try {
            rocks.delete(database.handle(family), key);
        } catch (RocksDBException e) {
            throw Remedy.of(e, "Preparing a write");
        }
    }

    /** Deletes the keys from one on, up to another that stays. */
    void deleteRange(Family family, byte[] from, byte[] to) {
        try {
            rocks.deleteRange(database.handle(family), from, to);
        } catch (RocksDBException e) {
            throw Remedy.of(e, "Preparing a write");
        }
    }

    /** Deletes all entries of a family, whose keys are hashes. */
    void deleteAll(Family family) {
        byte[] end = new byte[FileKey.BYTES + 1];
        Arrays.fill(end, (byte) 0xFF);
        deleteRange(family, new byte[0], end);
    }

    long bytes() {
        return rocks.getDataSize();
    }

    @Override
    public void close() {
        rocks.close();
    }
}
