package io.tidemark.views.store;

import io.tidemark.ingest.log.FileId;

/** A set of logical files in 16 bytes a file (128 bits of a cryptographic hash), so that a million of them fit in memory. */
public final class FileIdSet {

    public void add(FileId file) {
        throw new UnsupportedOperationException();
    }

    public boolean contains(FileId file) {
        throw new UnsupportedOperationException();
    }

    public int size() {
        throw new UnsupportedOperationException();
    }
}
