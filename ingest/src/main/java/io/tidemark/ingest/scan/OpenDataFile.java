package io.tidemark.ingest.scan;

import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.parquet.CheckedFile;
import io.tidemark.ingest.parquet.ParquetFormatException;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;

/** A data file that was opened: its footer, and all of its bytes if it is small. To be asked in the order of the methods. */
final class OpenDataFile implements AutoCloseable {
    private static final int TAIL = 1 << 16;
    private static final int MAGIC = 'P' | 'A' << 8 | 'R' << 16 | '1' << 24;
    private static final int ENCRYPTED_MAGIC = 'P' | 'A' << 8 | 'R' << 16 | 'E' << 24;
    private static final int MIN_SIZE = 12;
    /** A page of one run says how many rows in five bytes; more than this a byte is no table but an attack. */
    static final int ROWS_PER_BYTE = 100_000;

    private final DataFileBytes source;
    private final ScanLimits limits;
    private final FileBuffers buffers;
    private boolean whole;
    private int tailLength;
    private long footerStart;

    OpenDataFile(TableFiles files, ScanLimits limits, FileBuffers buffers, DataFile file, ScanControl control)
            throws IOException {
        this.source = new DataFileBytes(files, file.path(), file.size(), control);
        this.limits = limits;
        this.buffers = buffers;
    }

    /** Reads the footer and gives the file's columns. */
    List<FileColumn> columns() throws IOException {
        int length;
        try {
            length = readTail();
        } catch (EOFException | ParquetFormatException e) {
            // The size in the log is a hint: if it is wrong, what was read is not the end.
            if (!source.refreshSize()) {
                throw e;
            }
            length = readTail();
        }
        footerStart = source.size() - 8 - length;
        int at = whole ? (int) footerStart : tailLength - 8 - length;
        return buffers.footer.schema(buffers.file(), at, at + length);
    }

    /**
     * The row groups, with the chunks wanted.
     *
     * @param leaves number of the column chunk for each slot; -1 for a slot without one
     * @param names as {@link FooterReader#rowGroups} takes them
     * @param detailed true if {@link Chunk#detail()} is wanted
     */
    List<RowGroup> rowGroups(int[] leaves, String[] names, boolean detailed) {
        List<RowGroup> groups = buffers.footer.rowGroups(leaves, names, footerStart, detailed);
        long total = buffers.footer.rows();
        if (total > limits.maxRows() || total > source.size() * (long) ROWS_PER_BYTE) {
            throw new Malformed(
                    "says that it has " + total + " rows in " + source.size() + " bytes, which is not read");
        }
        return groups;
    }

    /** Reads the end of the file, or all of it, so that the footer is in the buffer; returns the footer's length. */
    private int readTail() throws IOException {
        long size = source.size();
        if (size < MIN_SIZE) {
            throw new Malformed("is not Parquet: it has only " + size + " bytes");
        }
        whole = size <= limits.wholeFileBytes();
        tailLength = (int) (whole ? size : Math.min(size, TAIL));
        source.read(size - tailLength, buffers.file(tailLength), 0, tailLength);
        int magic = (int) ChunkReader.INT.get(buffers.file(), tailLength - 4);
        if (magic == ENCRYPTED_MAGIC) {
            throw new Malformed("is encrypted, which is not supported");
        }
        if (magic != MAGIC) {
            throw new Malformed("is not Parquet: its last four bytes are not PAR1");
        }
        int length = (int) ChunkReader.INT.get(buffers.file(), tailLength - 8);
        if (length <= 0 || length > size - MIN_SIZE || length > limits.maxFooterBytes()) {
            throw new Malformed("has a footer of " + length + " bytes, which is not possible or too large");
        }
        if (length + 8 > tailLength) {
            tailLength = length + 8;
            source.read(size - tailLength, buffers.file(tailLength), 0, tailLength);
        }
        return length;
    }

    /** Fills an array from its start; what was read with the footer is not read again. */
    void read(long position, byte[] target, int length) throws IOException {
        read(position, target, 0, length);
    }

    private void read(long position, byte[] target, int offset, int length) throws IOException {
        long tail = source.size() - tailLength;
        if (position >= tail) {
            System.arraycopy(buffers.file(), (int) (position - tail), target, offset, length);
        } else {
            source.read(position, target, offset, length);
        }
    }

    /** The same file for another reader of Parquet. */
    CheckedFile checked() throws IOException {
        return new CheckedFile(this::read, source.size(), limits.claims(), limits.held());
    }

    /** True if {@link FileBuffers#file()} holds the file from its first byte to its last. */
    boolean isWhole() {
        return whole;
    }

    DataFileBytes bytes() {
        return source;
    }

    /** No page and no index lies at or after this position. */
    long footerStart() {
        return footerStart;
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            // Everything was read; nothing was written.
        }
    }
}
