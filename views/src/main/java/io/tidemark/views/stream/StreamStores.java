package io.tidemark.views.stream;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the native memory of all state stores of this process together, however many tasks it is given: each store by itself would
 * take some 100 MB.
 */
public final class StreamStores implements RocksDBConfigSetter {
    static {
        RocksDB.loadLibrary();
    }

    private static final long MB = 1 << 20;
    private static final long CACHE_BYTES = 96 * MB;
    private static final long WRITE_BUFFER_BYTES = 32 * MB;

    // Of the process, and as long as it: stores come and go with their tasks.
    private static final LRUCache CACHE = new LRUCache(CACHE_BYTES, 2, false, 0.5);
    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);
    private static final BloomFilter BLOOM = new BloomFilter(10);

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinL0FilterAndIndexBlocksInCache(true);
        table.setFilterPolicy(BLOOM);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setWriteBufferSize(8 * MB);
        options.setMaxOpenFiles(200);
    }

    @Override
    public void close(String storeName, Options options) {
        // What is shared stays.
    }
}
