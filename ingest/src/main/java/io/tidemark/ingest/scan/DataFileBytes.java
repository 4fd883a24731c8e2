package io.tidemark.ingest.scan;

import io.tidemark.ingest.files.RandomAccess;
import io.tidemark.ingest.files.TableFiles;
import java.io.IOException;
import java.util.List;

/** One data file, opened where needed and with its true size; counts what is read. */
final class DataFileBytes implements AutoCloseable {
    private final TableFiles files;
    private final String path;
    private final ScanControl control;
    private RandomAccess access;
    private long size;
    private long bytesRead;

    /** @param size as the log gives it; a hint */
    DataFileBytes(TableFiles files, String path, long size, ScanControl control) throws IOException {
        this.files = files;
        this.path = path;
        this.size = size;
        this.control = control;
        control.check();
        this.access = files.open(path, size > 0 ? size : -1);
        if (size <= 0) {
            this.size = access.size();
        }
    }

    long size() {
        return size;
    }

    long bytesRead() {
        return bytesRead;
    }

    void read(long position, byte[] target, int offset, int length) throws IOException {
        control.check();
        access.read(position, target, offset, length);
        bytesRead += length;
        control.addBytes(length);
    }

    /** Several reads, at the same time where that is worth it. */
    void read(List<RandomAccess.Part> parts) throws IOException {
        control.check();
        access.read(parts);
        long length = parts.stream().mapToLong(RandomAccess.Part::length).sum();
        bytesRead += length;
        control.addBytes(length);
    }

    boolean isRemote() {
        return access.isRemote();
    }

    /**
     * Opens the file again and asks the store for its size.
     *
     * @return false if that is the size known already
     */
    boolean refreshSize() throws IOException {
        access.close();
        access = files.open(path, -1);
        long before = size;
        size = access.size();
        return size != before;
    }

    @Override
    public void close() throws IOException {
        access.close();
    }
}
