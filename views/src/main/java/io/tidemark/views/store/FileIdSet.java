package io.tidemark.views.store;

import io.tidemark.ingest.log.FileId;

/** A set of logical files by 128 bits of a cryptographic hash, 28 to 56 bytes a file, so that a million fit in memory. */
public final class FileIdSet {
    private final HashCounts files = new HashCounts();

    public void add(FileId file) {
        add(FileKey.of(file));
    }

    public void add(FileKey file) {
        if (!contains(file)) {
            files.add(file.high(), file.low(), 1);
        }
    }

    public boolean contains(FileId file) {
        return contains(FileKey.of(file));
    }

    public boolean contains(FileKey file) {
        return files.get(file.high(), file.low()) != 0;
    }

    public int size() {
        return files.size();
    }
}
