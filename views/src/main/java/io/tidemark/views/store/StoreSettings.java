package io.tidemark.views.store;

import io.tidemark.ingest.log.TableMetadata;

/**
 * @param writeAheadBytes from how many bytes of new ledger entries on a step writes them ahead
 * @param distinctInMemory from how many changed distinct values on a step writes their counts ahead
 * @param parser reads stored metadata
 * @param heapBytes size of the heap, of which the views take a share
 */
record StoreSettings(long writeAheadBytes, int distinctInMemory, MetadataCodec.Parser parser, long heapBytes) {
    /** A hash with its number in {@link HashSums}, twice, as it is when they are summed. */
    private static final long DISTINCT_BYTES = 44;

    /** So many that some 130 MB do, and not more than an eighth of the heap. */
    static final StoreSettings DEFAULT = of(Runtime.getRuntime().maxMemory());

    private static StoreSettings of(long heap) {
        return new StoreSettings(
                8 << 20, (int) Math.min(3_000_000, heap / 8 / DISTINCT_BYTES), TableMetadata::parse, heap);
    }

    StoreSettings(long writeAheadBytes, int distinctInMemory, MetadataCodec.Parser parser) {
        this(writeAheadBytes, distinctInMemory, parser, DEFAULT.heapBytes());
    }
}
