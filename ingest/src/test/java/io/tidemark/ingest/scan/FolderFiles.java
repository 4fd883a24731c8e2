package io.tidemark.ingest.scan;

import io.tidemark.ingest.files.ObjectStat;
import io.tidemark.ingest.files.RandomAccess;
import io.tidemark.ingest.files.StoredObject;
import io.tidemark.ingest.files.TableFiles;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A folder, opened without any care; counts the reads. */
final class FolderFiles implements TableFiles {
    private final Path root;
    int reads;

    FolderFiles(Path root) {
        this.root = root;
    }

    @Override
    public URI root() {
        return root.toUri();
    }

    @Override
    public RandomAccess open(String path, long size) throws IOException {
        FileChannel channel = FileChannel.open(root.resolve(path));
        return new RandomAccess() {
            @Override
            public long size() throws IOException {
                return channel.size();
            }

            @Override
            public void read(long position, byte[] target, int offset, int length) throws IOException {
                reads++;
                ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer, position + buffer.position() - offset) < 0) {
                        throw new EOFException();
                    }
                }
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    @Override
    public Optional<StoredObject> read(String path, long maxBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ObjectStat> stat(String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> list(String folder, String startAt) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AutoCloseable watch(String folder, Runnable onChange) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
