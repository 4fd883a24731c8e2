package io.tidemark.ingest.log;

import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.tidemark.ingest.files.RandomAccess;
import io.tidemark.ingest.parquet.CheckedFooter;
import io.tidemark.ingest.parquet.CheckedPages;
import io.tidemark.ingest.parquet.ParquetFormatException;
import io.tidemark.ingest.parquet.ParquetLimits;
import java.io.EOFException;
import java.io.IOException;

/**
 * A checkpoint or sidecar as Delta Kernel's Parquet reader reads it: the footer is checked before the first byte is given out,
 * and each page before its bytes are.
 *
 * <p>That reader makes arrays as large as a file says. Looking at the very bytes that it gets costs no request, and leaves no
 * time in which the file could change.
 */
final class CheckpointStream extends SeekableInputStream {
    private static final int TAIL = 1 << 16;

    private final String path;
    private final RandomAccess file;
    private final ParquetLimits limits;
    private final long size;
    private final CheckedFooter footer;
    private final CheckedPages pages;
    private final byte[] one = new byte[1];

    /** The end of the file, with all of the footer. */
    private byte[] tail;

    private long position;

    /** @param path for messages */
    CheckpointStream(String path, RandomAccess file, ParquetLimits limits) throws IOException {
        this.path = path;
        this.file = file;
        this.limits = limits;
        this.size = file.size();
        try {
            footer = readFooter();
            pages = new CheckedPages(footer, limits);
        } catch (ParquetFormatException e) {
            throw refused(e);
        }
    }

    private CheckedFooter readFooter() throws IOException {
        if (size <= CheckedFooter.TAIL) {
            throw new ParquetFormatException("is not Parquet: it has only " + size + " bytes");
        }
        readTail((int) Math.min(TAIL, size));
        int length = CheckedFooter.length(tail, tail.length - CheckedFooter.TAIL, size, limits);
        int needed = length + CheckedFooter.TAIL;
        if (needed > tail.length) {
            readTail(needed);
        }
        return CheckedFooter.of(tail, tail.length - needed, length, size, limits);
    }

    private void readTail(int length) throws IOException {
        tail = new byte[length];
        file.read(size - length, tail, 0, length);
    }

    private IOException refused(ParquetFormatException e) {
        return new RefusedFileException(path, e.getMessage(), e);
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void seek(long newPosition) throws IOException {
        if (newPosition < 0 || newPosition > size) {
            throw new EOFException("Position " + newPosition + " is not within the file's " + size + " bytes.");
        }
        position = newPosition;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position >= size) {
            return -1;
        }
        boolean inFooter = position >= footer.start();
        int count = (int) Math.min(length, (inFooter ? size : footer.start()) - position);
        if (position >= size - tail.length) {
            System.arraycopy(tail, (int) (position - (size - tail.length)), target, offset, count);
        } else {
            file.read(position, target, offset, count);
        }
        if (!inFooter) {
            check(target, offset, count);
        }
        position += count;
        return count;
    }

    private void check(byte[] target, int offset, int count) throws IOException {
        try {
            pages.accept(position, target, offset, count);
        } catch (ParquetFormatException e) {
            throw refused(e);
        } catch (IOException | RuntimeException e) {
            throw new RefusedFileException(path, "is damaged: a page could not be decompressed", e);
        }
    }

    @Override
    public void readFully(byte[] target, int offset, int length) throws IOException {
        if (length > size - position) {
            throw new EOFException("'" + path + "' ends before byte " + (position + length) + ".");
        }
        int done = 0;
        while (done < length) {
            done += read(target, offset + done, length - done);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
