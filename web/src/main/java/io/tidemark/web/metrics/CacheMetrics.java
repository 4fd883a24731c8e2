package io.tidemark.web.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.ingest.files.BlockCache;

/** The meters of the local cache of data files. */
public final class CacheMetrics {

    private CacheMetrics() {}

    /** To be called once. */
    public static void register(MeterRegistry registry, BlockCache cache) {
        Gauge.builder("tidemark.cache.bytes", cache, BlockCache::bytes)
                .description("Bytes of data files that are kept on the local disk")
                .register(registry);
        Gauge.builder("tidemark.cache.limit.bytes", cache, BlockCache::limit)
                .description("Bytes that may be kept")
                .register(registry);
        FunctionCounter.builder("tidemark.cache.blocks", cache, BlockCache::hits)
                .description("Blocks of data files that queries needed, by where they came from")
                .tag("from", "cache")
                .register(registry);
        FunctionCounter.builder("tidemark.cache.blocks", cache, BlockCache::misses)
                .description("Blocks of data files that queries needed, by where they came from")
                .tag("from", "store")
                .register(registry);
        FunctionCounter.builder("tidemark.cache.failures", cache, BlockCache::failures)
                .description("Times that the cache's disk failed to read or write a block")
                .register(registry);
    }
}
