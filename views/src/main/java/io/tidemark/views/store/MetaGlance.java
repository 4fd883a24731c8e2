package io.tidemark.views.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** A look at the records about a database, of whatever format; it is changed in nothing, and may be in use. */
final class MetaGlance {

    private MetaGlance() {}

    /** What is taken out of the records. */
    @FunctionalInterface
    interface Reading<T> {
        T of(Records records) throws RocksDBException;
    }

    /** The value of a key of {@link MetaTable}, or null. */
    @FunctionalInterface
    interface Records {
        byte[] get(byte[] key) throws RocksDBException;
    }

    /** The native library has to be loaded. */
    static <T> T at(Path database, Reading<T> reading) throws RocksDBException {
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (ColumnFamilyOptions familyOptions = new ColumnFamilyOptions();
                DBOptions options = new DBOptions();
                RocksDB rocks = RocksDB.openReadOnly(
                        options,
                        database.toString(),
                        List.of(new ColumnFamilyDescriptor(Family.META.bytes(), familyOptions)),
                        handles)) {
            try {
                return reading.of(key -> rocks.get(handles.get(0), key));
            } finally {
                handles.forEach(ColumnFamilyHandle::close);
            }
        }
    }
}
