package io.tidemark.views.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/** Databases with other column families than ours: those of format 1, or more. */
final class OlderStores {
    static final List<String> FAMILIES = List.of("default", "dictionary", "hours", "ledger", "ahead", "distinct");

    private OlderStores() {}

    /** @param key of one entry of the first family; null: none */
    static void make(Path rocks, byte[] key, byte[] value) throws Exception {
        RocksDB.loadLibrary();
        Files.createDirectories(rocks);
        List<ColumnFamilyDescriptor> descriptors = Stream.of(FAMILIES.toArray(String[]::new))
                .map(name -> new ColumnFamilyDescriptor(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .toList();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (DBOptions options = new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
                RocksDB database = RocksDB.open(options, rocks.toString(), descriptors, handles)) {
            if (key != null) {
                database.put(handles.get(0), key, value);
            }
            handles.forEach(ColumnFamilyHandle::close);
        }
    }

    /** Makes of a database what one that knows another column family would. */
    static void addFamily(Path rocks, String name) throws Exception {
        List<ColumnFamilyDescriptor> descriptors;
        try (Options options = new Options()) {
            descriptors = RocksDB.listColumnFamilies(options, rocks.toString()).stream()
                    .map(ColumnFamilyDescriptor::new)
                    .toList();
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (DBOptions options = new DBOptions();
                RocksDB database = RocksDB.open(options, rocks.toString(), descriptors, handles)) {
            handles.add(database.createColumnFamily(
                    new ColumnFamilyDescriptor(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
            handles.forEach(ColumnFamilyHandle::close);
        }
    }

    static int families(Path rocks) throws Exception {
        try (Options options = new Options()) {
            return RocksDB.listColumnFamilies(options, rocks.toString()).size();
        }
    }
}
