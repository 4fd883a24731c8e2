package io.tidemark.ingest.scan;

import java.io.IOException;

/**
 * The pages of one column chunk as a window that moves over them: a slice of what was read already, or of the file.
 *
 * <p>What lies at {@link #position()} stays in place until the next {@link #require}.
 */
final class ChunkBytes {
    private final ByteBudget budget;
    private int window;

    private byte[] own = {};
    private byte[] bytes = own;
    private int at;
    private int limit;

    private DataFileBytes source;
    private long nextInFile;
    private long leftInFile;

    /** Position in the file of the array's first byte. */
    private long origin;

    private long noFurther;

    ChunkBytes(ByteBudget budget, int window) {
        this.budget = budget;
        this.window = window;
    }

    /**
     * Begins with a part of an array that has the slack.
     *
     * @param fileStart where the part begins in the file
     */
    void slice(byte[] shared, int start, int end, long fileStart) {
        bytes = shared;
        at = start;
        limit = end;
        leftInFile = 0;
        origin = fileStart - start;
    }

    /** How much is read at once, from the next {@link #window(DataFileBytes, long, long)} on. */
    void setWindow(int size) {
        window = size;
    }

    /** Begins with a part of a file. */
    void window(DataFileBytes file, long start, long length) {
        source = file;
        bytes = own;
        at = 0;
        limit = 0;
        nextInFile = start;
        leftInFile = length;
        origin = start;
        noFurther = Long.MAX_VALUE;
    }

    /** Reads nothing at or after this position ahead of need. */
    void readNoFurtherThan(long position) {
        noFurther = position;
    }

    /** Where the next byte lies in the file. */
    long filePosition() {
        return origin + at;
    }

    /** Leaves bytes out; those that were not read yet never are. */
    void skip(long count) {
        int held = limit - at;
        if (count < 0 || count > held + leftInFile) {
            throw new Malformed("has a page that ends after its column chunk");
        }
        if (count <= held) {
            at += (int) count;
            return;
        }
        nextInFile += count - held;
        leftInFile -= count - held;
        at = limit;
        origin = nextInFile - at;
    }

    byte[] array() {
        return bytes;
    }

    int position() {
        return at;
    }

    void position(int next) {
        at = next;
    }

    /** End of what is in the array. */
    int limit() {
        return limit;
    }

    long remaining() {
        return limit - at + leftInFile;
    }

    /** Brings the next {@code count} bytes into the array, or as many as there are. */
    void prefetch(int count) throws IOException {
        int held = limit - at;
        if (held >= count || leftInFile == 0) {
            return;
        }
        long ahead = Math.min(Math.max(count, window) - held, noFurther - nextInFile);
        int wanted = (int) Math.min(leftInFile, Math.max(count - held, ahead));
        byte[] target = budget.atLeast(own, held + wanted);
        System.arraycopy(bytes, at, target, 0, held);
        own = target;
        bytes = target;
        at = 0;
        limit = held;
        origin = nextInFile - held;
        source.read(nextInFile, bytes, held, wanted);
        limit += wanted;
        nextInFile += wanted;
        leftInFile -= wanted;
    }

    /** Brings the next {@code count} bytes into the array. */
    void require(int count) throws IOException {
        prefetch(count);
        if (limit - at < count) {
            throw new Malformed("has a page that ends after its column chunk");
        }
    }
}
