package io.tidemark.ingest.log;

import java.time.Instant;
import java.util.Iterator;

/**
 * A table at one version, whole: what {@code reconcile} compares the ledger with.
 *
 * <p>Holds open files while its iterators are in use; close it.
 */
public interface TableSnapshot extends AutoCloseable {

    long version();

    Instant committedAt();

    /** As {@link Commit#fingerprint()} of this version; empty text if that commit's object was cleaned up. */
    String fingerprint();

    TableMetadata metadata();

    TableProtocol protocol();

    /**
     * The live files, each once, in no particular order; read as it is iterated, so that a million files need no list.
     *
     * <p>The iterator throws {@link TableException} if reading on fails. May be called more than once.
     */
    Iterator<DataFile> files();

    @Override
    void close();
}
