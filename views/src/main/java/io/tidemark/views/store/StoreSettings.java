package io.tidemark.views.store;

import io.tidemark.ingest.log.TableMetadata;

/**
 * @param writeAheadBytes from how many bytes of new ledger entries on a step writes them ahead
 * @param parser reads stored metadata
 */
record StoreSettings(long writeAheadBytes, MetadataCodec.Parser parser) {
    static final StoreSettings DEFAULT = new StoreSettings(8 << 20, TableMetadata::parse);
}
