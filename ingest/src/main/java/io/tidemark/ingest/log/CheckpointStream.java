package io.tidemark.ingest.log;

import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.tidemark.ingest.files.RandomAccess;
import io.tidemark.ingest.parquet.CheckedFile;
import io.tidemark.ingest.parquet.ParquetFormatException;
import io.tidemark.ingest.parquet.ParquetLimits;
import java.io.EOFException;
import java.io.IOException;

/** A checkpoint or sidecar as Delta Kernel's Parquet reader reads it: checked before it is given out. */
final class CheckpointStream extends SeekableInputStream {
    private final String path;
    private final RandomAccess file;
    private final CheckedFile checked;
    private final byte[] one = new byte[1];
    private long position;

    /** @param path for messages */
    CheckpointStream(String path, RandomAccess file, ParquetLimits limits) throws IOException {
        this.path = path;
        this.file = file;
        try {
            checked = new CheckedFile(file::read, file.size(), limits, limits);
        } catch (ParquetFormatException e) {
            throw refused(e);
        }
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
        if (newPosition < 0 || newPosition > checked.size()) {
            throw new EOFException(
                    "Position " + newPosition + " is not within the file's " + checked.size() + " bytes.");
        }
        position = newPosition;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            int count = checked.read(position, target, offset, length);
            position += Math.max(0, count);
            return count;
        } catch (ParquetFormatException e) {
            throw refused(e);
        }
    }

    @Override
    public void readFully(byte[] target, int offset, int length) throws IOException {
        if (length > checked.size() - position) {
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
