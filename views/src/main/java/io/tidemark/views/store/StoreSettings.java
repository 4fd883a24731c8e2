package io.tidemark.views.store;

import io.tidemark.ingest.log.TableMetadata;

/**
 * @param writeAheadBytes from how many bytes of new ledger entries on a step writes them ahead
 * @param parser reads stored metadata
 * @param heapBytes size of the heap, of which the views take a share
 */
record StoreSettings(long writeAheadBytes, MetadataCodec.Parser parser, long heapBytes) {
    static final StoreSettings DEFAULT = new StoreSettings(
            8 << 20, TableMetadata::parse, Runtime.getRuntime().maxMemory());

    StoreSettings(long writeAheadBytes, MetadataCodec.Parser parser) {
        this(writeAheadBytes, parser, DEFAULT.heapBytes());
    }
}
