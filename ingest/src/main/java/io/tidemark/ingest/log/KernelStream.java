package io.tidemark.ingest.log;

import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.tidemark.ingest.files.RandomAccess;
import java.io.EOFException;
import java.io.IOException;

/** A file read from front to back, with jumps; small reads come from a buffer. */
final class KernelStream extends SeekableInputStream {
    /** On an object store, each filling is a request. */
    private static final int BUFFER = 1 << 20;

    private final RandomAccess file;
    private final long size;
    private final byte[] buffer;
    private long bufferAt;
    private int buffered;
    private long position;

    KernelStream(RandomAccess file) throws IOException {
        this.file = file;
        this.size = file.size();
        this.buffer = new byte[(int) Math.min(BUFFER, Math.max(size, 1))];
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
        byte[] one = new byte[1];
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
        int wanted = (int) Math.min(length, size - position);
        if (wanted >= buffer.length && !isBuffered()) {
            file.read(position, target, offset, wanted);
        } else {
            fill();
            wanted = (int) Math.min(wanted, bufferAt + buffered - position);
            System.arraycopy(buffer, (int) (position - bufferAt), target, offset, wanted);
        }
        position += wanted;
        return wanted;
    }

    private boolean isBuffered() {
        return position >= bufferAt && position < bufferAt + buffered;
    }

    private void fill() throws IOException {
        if (!isBuffered()) {
            int length = (int) Math.min(buffer.length, size - position);
            buffered = 0;
            file.read(position, buffer, 0, length);
            bufferAt = position;
            buffered = length;
        }
    }

    @Override
    public void readFully(byte[] target, int offset, int length) throws IOException {
        if (length > size - position) {
            throw new EOFException("The file ends before byte " + (position + length) + ".");
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
