package io.tidemark.views.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * Entries in the order of their keys, written as one of RocksDB's own files.
 *
 * @see <a href="https://github.com/facebook/rocksdb/wiki/Creating-and-Ingesting-SST-files">Creating and Ingesting SST files</a>
 */
final class SortedFile implements AutoCloseable {
    /** Of a key, and of a value. */
    private static final int MOST_BYTES = 64;

    private final Options options;
    private final EnvOptions environment = new EnvOptions();
    private final SstFileWriter writer;
    private final ByteBuffer keys = ByteBuffer.allocateDirect(MOST_BYTES);
    private final ByteBuffer values = ByteBuffer.allocateDirect(MOST_BYTES);

    /** @param options closed with this */
    SortedFile(Path path, Options options) {
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
            writer.put(refill(keys, key), refill(values, value));
        } catch (RocksDBException e) {
            throw Remedy.of(e, "Writing the state");
        }
    }

    /** Arrays would be copied twice on their way, and memory asked for each. */
    private static ByteBuffer refill(ByteBuffer buffer, byte[] bytes) {
        return buffer.clear().put(bytes).flip();
    }

    /** To be called when all is put. There must be an entry. */
    void finish() {
        try {
            writer.finish();
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
