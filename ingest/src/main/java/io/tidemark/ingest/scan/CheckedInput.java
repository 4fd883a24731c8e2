package io.tidemark.ingest.scan;

import io.tidemark.ingest.parquet.CheckedFile;
import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
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
        Bytes bytes = new Bytes(file);
        return new DelegatingSeekableInputStream(bytes) {
            @Override
            public long getPos() {
                return bytes.position;
            }

            @Override
            public void seek(long newPosition) {
                bytes.position = newPosition;
            }
        };
    }

    private static final class Bytes extends InputStream {
        private final CheckedFile file;
        private final byte[] one = new byte[1];
        private long position;

        Bytes(CheckedFile file) {
            this.file = file;
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
    }
}
