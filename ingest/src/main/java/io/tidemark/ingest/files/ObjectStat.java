package io.tidemark.ingest.files;

import java.time.Instant;

/**
 * What a store says of an object without its content.
 *
 * @param size in bytes
 * @param modified time of the last write, by the store's clock
 * @param publishedWhole true if the store shows objects only when they are complete (an object store), or this one was
 *     plainly moved into place after its last write (a rename on a local disk); false if a writer could still be at it
 */
public record ObjectStat(long size, Instant modified, boolean publishedWhole) {}
