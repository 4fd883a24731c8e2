package io.tidemark.views.store;

import io.tidemark.views.cube.CubeSpec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * What a state directory says of itself, without opening it for use: nothing is changed, and a service may be at work on it. That
 * its counts are undamaged is not looked at.
 *
 * @param inUse true if a process has it open
 * @param version that was stored last; empty before the first step
 */
public record StateGlance(boolean inUse, Optional<Stored> version) {

    /** @param appliedAt when it became visible */
    public record Stored(long version, Instant appliedAt, long files, long rows) {}

    /**
     * @return empty if there is no state yet
     * @throws StateException if it is of another table, cube or format, or cannot be read
     */
    public static Optional<StateGlance> of(Path directory, CubeSpec spec, String tableUri) {
        Path database = StoreDirectory.database(directory);
        if (!Files.exists(database.resolve("CURRENT"))) {
            return Optional.empty();
        }
        StoreIdentity identity = new StoreIdentity(tableUri, spec);
        OlderFormat.identity(database).ifPresent(identity::check);
        RocksDB.loadLibrary();
        return Optional.of(new StateGlance(isLocked(database.resolve("LOCK")), read(database, identity)));
    }

    private static Optional<Stored> read(Path database, StoreIdentity identity) {
        try {
            return MetaGlance.at(database, records -> {
                byte[] stored = records.get(MetaTable.IDENTITY);
                if (stored == null) {
                    return Optional.empty();
                }
                identity.check(stored);
                return Optional.ofNullable(records.get(MetaTable.STATE)).map(StateGlance::stored);
            });
        } catch (RocksDBException e) {
            throw Remedy.of(e, "Looking at the state");
        }
    }

    private static Stored stored(byte[] bytes) {
        try {
            StateRecord record = StateRecord.decode(bytes);
            return new Stored(record.position().version(), record.appliedAt(), record.files(), record.rows());
        } catch (IllegalArgumentException e) {
            throw Remedy.damaged("the record of its version cannot be read", e);
        }
    }

    /** RocksDB locks the whole file, for the process. */
    private static boolean isLocked(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (IOException e) {
            return false;
        }
    }
}
