package io.tidemark.ingest.scan;

import io.tidemark.ingest.parquet.CheckedFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A data file as parquet-java reads it: checked before it is given out. Closing it does not close the file. */
record CheckedInput(CheckedFile file) implements InputFile {

    @Override
    public long getLength() {
        return file.size();
    }

    @Override
    public SeekableInputStream newStream() {
        return new Stream(file);
    }

    private static final class Stream extends SeekableInputStream {
        private final CheckedFile file;
        private final byte[] one = new byte[1];
        private long position;

        Stream(CheckedFile file) {
            this.file = file;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void seek(long newPosition) {
            position = newPosition;
        }

        @Override
        public int read() throws IOException {
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = file.read(position, target, offset, length);
            position += Math.max(0, count);
            return count;
        }

        @Override
        public void readFully(byte[] target) throws IOException {
            readFully(target, 0, target.length);
        }

        @Override
        public void readFully(byte[] target, int offset, int length) throws IOException {
            for (int done = 0; done < length; ) {
                int count = read(target, offset + done, length - done);
                if (count < 0) {
                    throw new EOFException();
                }
                done += count;
            }
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int count;
            if (target.hasArray()) {
                count = read(target.array(), target.arrayOffset() + target.position(), target.remaining());
                target.position(target.position() + Math.max(0, count));
            } else {
                byte[] bytes = new byte[target.remaining()];
                count = read(bytes, 0, bytes.length);
                target.put(bytes, 0, Math.max(0, count));
            }
            return count;
        }

        @Override
        public void readFully(ByteBuffer target) throws IOException {
            while (target.hasRemaining()) {
                if (read(target) < 0) {
                    throw new EOFException();
                }
            }
        }
    }
}
