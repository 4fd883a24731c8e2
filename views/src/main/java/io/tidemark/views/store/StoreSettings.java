package io.tidemark.views.store;

import io.tidemark.ingest.log.TableMetadata;

/**
 * @param writeAheadBytes from how many bytes of new ledger entries on a step writes them ahead
 * @param distinctInMemory from how many changed distinct values on a step writes their counts ahead
 * @param parser reads stored metadata
 * @param heapBytes size of the heap, of which the views take a share
 */
record StoreSettings(long writeAheadBytes, int distinctInMemory, MetadataCodec.Parser parser, long heapBytes) {
    /** A hash with its number, at the moment when their table grows. */
    private static final long DISTINCT_BYTES = 84;

    /** As many distinct values as fit into 2^21 slots of {@link HashCounts}, and not more than an eighth of the heap. */
    static final StoreSettings DEFAULT = of(Runtime.getRuntime().maxMemory());

    private static StoreSettings of(long heap) {
        return new StoreSettings(
                8 << 20, (int) Math.min(1_500_000, heap / 8 / DISTINCT_BYTES), TableMetadata::parse, heap);
    }

    StoreSettings(long writeAheadBytes, int distinctInMemory, MetadataCodec.Parser parser) {
        this(writeAheadBytes, distinctInMemory, parser, DEFAULT.heapBytes());
    }
}
