package io.tidemark.views.store;

import io.tidemark.ingest.log.TableMetadata;

/**
 * @param writeAheadBytes from how many bytes of new ledger entries on a step writes them ahead
 * @param distinctInMemory from how many changed distinct values on a step writes their counts ahead
 * @param parser reads stored metadata
 * @param heapBytes size of the heap, of which the views take a share
 */
record StoreSettings(long writeAheadBytes, int distinctInMemory, MetadataCodec.Parser parser, long heapBytes) {
    /** As many distinct values as fit into 2^21 slots of {@link HashCounts}: 44 MB, and half as much while they grow. */
    static final StoreSettings DEFAULT = new StoreSettings(
            8 << 20, 1_500_000, TableMetadata::parse, Runtime.getRuntime().maxMemory());

    StoreSettings(long writeAheadBytes, int distinctInMemory, MetadataCodec.Parser parser) {
        this(writeAheadBytes, distinctInMemory, parser, DEFAULT.heapBytes());
    }
}
