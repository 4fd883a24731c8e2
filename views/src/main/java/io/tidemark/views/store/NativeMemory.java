package io.tidemark.views.store;

/**
 * Memory that the store takes beside the heap, in bytes.
 *
 * @param cache blocks, indexes and filters, and what is charged to them: write buffers
 * @param cacheLimit of these; what is in use and the batch that is being written may go beyond for a while
 * @param writeBuffers of the cache, those that are not on disk yet or are being brought there
 * @param readers what open files take outside of the cache
 */
public record NativeMemory(long cache, long cacheLimit, long writeBuffers, long readers) {
    public static final NativeMemory NONE = new NativeMemory(0, 0, 0, 0);
}
