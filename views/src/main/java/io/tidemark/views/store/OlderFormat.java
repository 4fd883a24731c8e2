package io.tidemark.views.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * A look at a database that lacks column families of this format. To open it for writing would add them, and the older
 * Tidemark, which is told to be used instead, could not open it any more.
 */
final class OlderFormat {

    private OlderFormat() {}

    /** The record of what such a database is of; empty if it has all families, or never came so far as to have the record. */
    static Optional<byte[]> identity(Path database) {
        if (!Files.exists(database.resolve("CURRENT"))) {
            return Optional.empty();
        }
        RocksDB.loadLibrary();
        try (Options options = new Options()) {
            int families =
                    RocksDB.listColumnFamilies(options, database.toString()).size();
            return families >= Family.values().length ? Optional.empty() : Optional.ofNullable(read(database));
        } catch (RocksDBException e) {
            return Optional.empty(); // what is wrong with it is found and told when it is opened
        }
    }

    private static byte[] read(Path database) throws RocksDBException {
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (ColumnFamilyOptions familyOptions = new ColumnFamilyOptions();
                DBOptions options = new DBOptions();
                RocksDB rocks = RocksDB.openReadOnly(
                        options,
                        database.toString(),
                        List.of(new ColumnFamilyDescriptor(Family.META.bytes(), familyOptions)),
                        handles)) {
            try {
                return rocks.get(handles.get(0), MetaTable.IDENTITY);
            } finally {
                handles.forEach(ColumnFamilyHandle::close);
            }
        }
    }
}
