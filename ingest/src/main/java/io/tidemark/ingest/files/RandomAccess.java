package io.tidemark.ingest.files;

import java.io.IOException;

/** An open file, read at any position. Not for use by more than one thread at a time. */
public interface RandomAccess extends AutoCloseable {

    /** Size in bytes. */
    long size() throws IOException;

    /**
     * Fills a part of an array.
     *
     * @throws java.io.EOFException if the file ends before {@code length} bytes
     */
    void read(long position, byte[] target, int offset, int length) throws IOException;

    @Override
    void close() throws IOException;
}
