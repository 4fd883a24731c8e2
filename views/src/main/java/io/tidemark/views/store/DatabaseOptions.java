package io.tidemark.views.store;

import io.tidemark.views.store.FileLayout.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.MemoryUsageType;
import org.rocksdb.MemoryUtil;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBufferManager;

/**
 * How RocksDB is opened: with one bounded cache, which write buffers, indexes and filters are charged to, whatever the number
 * of column families. Native memory is {@link #CACHE_BYTES} plus the blocks that are in use, the batch that is being
 * written, and two threads' worth of compaction buffers.
 */
final class DatabaseOptions implements AutoCloseable {
    static final long MB = 1 << 20;
    /** For blocks, indexes, filters and write buffers together. */
    static final long CACHE_BYTES = 96 * MB;
    /** Of these, at most for write buffers; a bigger batch goes beyond for as long as it takes to flush it. */
    static final long WRITE_BUFFER_BYTES = 48 * MB;

    private static final int CACHE_SHARD_BITS = 1;
    private static final double HIGH_PRIORITY_SHARE = 0.5; // for indexes and filters

    // Few shards: in one of the usual 64, the filter of a single big table would drive out all else, and itself.
    private final LRUCache cache = new LRUCache(CACHE_BYTES, CACHE_SHARD_BITS, false, HIGH_PRIORITY_SHARE);
    private final WriteBufferManager writeBuffers = new WriteBufferManager(WRITE_BUFFER_BYTES, cache);
    private final BloomFilter bloom = new BloomFilter(10);
    private final List<ColumnFamilyOptions> families = new ArrayList<>();
    private final DBOptions options = new DBOptions()
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            // All families' buffers go to disk in one step, so that a damaged list of files never shows one without the
            // other.
            .setAtomicFlush(true)
            .setParanoidChecks(true)
            .setWriteBufferManager(writeBuffers)
            .setMaxTotalWalSize(32 * MB)
            .setMaxBackgroundJobs(2)
            .setMaxOpenFiles(500)
            .setMaxManifestFileSize(16 * MB)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(2)
            .setMaxLogFileSize(MB)
            .setStatsDumpPeriodSec(0)
            .setStatsPersistPeriodSec(0);

    private DatabaseOptions() {
        for (Family family : Family.values()) {
            families.add(optionsOf(family));
        }
    }

    private ColumnFamilyOptions optionsOf(Family family) {
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(16 << 10)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setFormatVersion(5);
        if (family.lookedUp()) {
            table.setFilterPolicy(bloom);
        }
        if (family == Family.DISTINCT) {
            // Single keys at random places, and many of them a step.
            table.setBlockSize(4 << 10).setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash);
        }
        return new ColumnFamilyOptions()
                .setTableFormatConfig(table)
                .setWriteBufferSize(16 * MB)
                .setLevelCompactionDynamicLevelBytes(true)
                // Hashes do not compress, but what RocksDB puts around them does. Names of files are mostly hexadecimal
                // digits.
                .setCompressionType(
                        family == Family.FILES ? CompressionType.ZSTD_COMPRESSION : CompressionType.LZ4_COMPRESSION);
    }

    /**
     * Opens a directory, or makes a new database in it.
     *
     * @throws StateException if it is in use, cannot be written, or is damaged
     */
    static Database open(Path directory) {
        return new Database(directory, openRocks(directory, "The state directory " + directory));
    }

    /**
     * As {@link #open}.
     *
     * @param name of the directory, for messages
     */
    static Database.Opened openRocks(Path directory, String name) {
        RocksDB.loadLibrary();
        DatabaseOptions options = new DatabaseOptions();
        try {
            Files.createDirectories(directory);
            if (FileLayout.of(directory) == State.DAMAGED) {
                throw Remedy.damaged("its file CURRENT is missing");
            }
            return options.rocksOf(directory, name);
        } catch (IOException e) {
            options.close();
            throw new StateException(
                    name + " cannot be made or read (" + Remedy.kind(e) + "). Give a writable --state-dir.", e);
        } catch (RuntimeException e) {
            options.close();
            throw e;
        }
    }

    /** For a file that is made outside of the database. To be closed. */
    Options of(Family family) {
        return new Options(options, families.get(family.ordinal()));
    }

    private Database.Opened rocksOf(Path directory, String name) {
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        for (Family family : Family.values()) {
            descriptors.add(new ColumnFamilyDescriptor(family.bytes(), families.get(family.ordinal())));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            RocksDB rocks = RocksDB.open(options, directory.toString(), descriptors, handles);
            return new Database.Opened(this, rocks, List.copyOf(handles));
        } catch (RocksDBException e) {
            throw Remedy.opening(name, e);
        }
    }

    /** What a database that was opened with these takes. */
    NativeMemory memory(RocksDB rocks) {
        Map<MemoryUsageType, Long> use =
                MemoryUtil.getApproximateMemoryUsageByType(List.of(rocks), Set.<Cache>of(cache));
        return new NativeMemory(
                use.getOrDefault(MemoryUsageType.kCacheTotal, 0L),
                CACHE_BYTES,
                use.getOrDefault(MemoryUsageType.kMemTableTotal, 0L),
                use.getOrDefault(MemoryUsageType.kTableReadersTotal, 0L));
    }

    @Override
    public void close() {
        options.close();
        families.forEach(ColumnFamilyOptions::close);
        bloom.close();
        writeBuffers.close();
        cache.close();
    }
}
