package io.tidemark.ingest.files;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

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

    /**
     * One of several reads.
     *
     * @param position in the file
     * @param target is filled from {@code offset} with {@code length} bytes
     */
    record Part(long position, byte[] target, int offset, int length) {}

    /** Several reads, maybe at the same time. If one fails, any of the targets may have been written to. */
    default void read(List<Part> parts) throws IOException {
        for (Part part : parts) {
            read(part.position(), part.target(), part.offset(), part.length());
        }
    }

    /** True if each read costs a request, so that a few large ones at the same time are better than many in a row. */
    default boolean isRemote() {
        return false;
    }

    /** What the store calls this very content, once something was read of it; empty if it has no name for it. */
    default Optional<String> tag() {
        return Optional.empty();
    }

    @Override
    void close() throws IOException;
}
