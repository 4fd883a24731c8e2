package io.tidemark.ingest.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** An open local file. */
final class LocalFile implements RandomAccess {
    /** The JDK copies through a native buffer as large as the read, which each thread then keeps: so, not too large. */
    private static final int CHUNK = 1 << 20;

    private final String path;
    private final FileChannel channel;

    LocalFile(String path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            ByteBuffer part = ByteBuffer.wrap(target, offset + done, Math.min(CHUNK, length - done));
            int read = channel.read(part, position + done);
            if (read < 0) {
                throw new EOFException(FileReference.quoted(path) + " ends at byte " + (position + done) + "; " + length
                        + " bytes from byte " + position + " were asked for.");
            }
            done += read;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
