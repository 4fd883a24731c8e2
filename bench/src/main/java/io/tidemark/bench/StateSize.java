package io.tidemark.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Says how many entries and bytes each column family of a state directory has when all of it is compacted, with the options
 * that it was written with. For a state that no process uses:
 *
 * <pre>
 * java -cp bench/target/bench.jar io.tidemark.bench.StateSize STATE_DIR
 * </pre>
 */
public final class StateSize {

    private StateSize() {}

    public static void main(String[] args) throws RocksDBException {
        String database = Path.of(args[0]).resolve("rocksdb").toString();
        RocksDB.loadLibrary();
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (org.rocksdb.ConfigOptions config = new org.rocksdb.ConfigOptions();
                DBOptions options = new DBOptions()) {
            org.rocksdb.OptionsUtil.loadLatestOptions(config, database, options, families);
            try (RocksDB rocks = RocksDB.open(options, database, families, handles);
                    CompactRangeOptions compaction = new CompactRangeOptions()
                            .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForce)) {
                for (ColumnFamilyHandle family : handles) {
                    rocks.compactRange(family, null, null, compaction);
                    System.out.printf(
                            "%-12s %,14d entries %,16d bytes%n",
                            new String(family.getName(), java.nio.charset.StandardCharsets.UTF_8),
                            rocks.getLongProperty(family, "rocksdb.estimate-num-keys"),
                            rocks.getLongProperty(family, "rocksdb.total-sst-files-size"));
                }
                handles.forEach(ColumnFamilyHandle::close);
            }
        }
    }
}
