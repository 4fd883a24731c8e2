package io.tidemark.views.store;

import java.nio.file.Path;
import java.util.List;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.EnvOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * Entries in the order of their keys, written as one of RocksDB's own files.
 *
 * @see <a href="https://github.com/facebook/rocksdb/wiki/Creating-and-Ingesting-SST-files">Creating and Ingesting SST files</a>
 */
final class SortedFile implements AutoCloseable {
    private final Path path;
    private final Options options;
    private final EnvOptions environment = new EnvOptions();
    private final SstFileWriter writer;

    /** @param options closed with this */
    SortedFile(Path path, Options options) {
        this.path = path;
        this.options = options;
        this.writer = new SstFileWriter(environment, options);
        try {
            writer.open(path.toString());
        } catch (RocksDBException e) {
            close();
            throw Remedy.of(e, "Writing the state");
        }
    }

    /** @param key above the last one */
    void put(byte[] key, byte[] value) {
        try {
            writer.put(key, value);
        } catch (RocksDBException e) {
            throw Remedy.of(e, "Writing the state");
        }
    }

    /** Ends the file, and gives it to a database: it is moved, not copied. There must be an entry. */
    void enter(RocksDB rocks, ColumnFamilyHandle family) {
        try (IngestExternalFileOptions how = new IngestExternalFileOptions().setMoveFiles(true)) {
            writer.finish();
            rocks.ingestExternalFile(family, List.of(path.toString()), how);
        } catch (RocksDBException e) {
            throw Remedy.of(e, "Writing the state");
        }
    }

    @Override
    public void close() {
        writer.close();
        environment.close();
        options.close();
    }
}
