package io.tidemark.ingest.log;

import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import java.io.IOException;

/** JSON of the log as Delta Kernel reads it: line by line, each of which it takes into memory whole, so none too long. */
final class LineLimit extends SeekableInputStream {
    private final String path;
    private final SeekableInputStream in;
    private final int maxLineBytes;
    private final byte[] one = new byte[1];
    private long line;

    /** @param path for messages */
    LineLimit(String path, SeekableInputStream in, int maxLineBytes) {
        this.path = path;
        this.in = in;
        this.maxLineBytes = maxLineBytes;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        for (int i = offset; i < offset + count; i++) {
            line = target[i] == '\n' ? 0 : line + 1;
            if (line > maxLineBytes) {
                throw new RefusedFileException(
                        path,
                        "has a line of more than " + maxLineBytes + " bytes, which is the most that is read",
                        null);
            }
        }
        return count;
    }

    @Override
    public void readFully(byte[] target, int offset, int length) throws IOException {
        in.readFully(target, offset, length);
    }

    @Override
    public long getPos() throws IOException {
        return in.getPos();
    }

    @Override
    public void seek(long position) throws IOException {
        line = 0;
        in.seek(position);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
