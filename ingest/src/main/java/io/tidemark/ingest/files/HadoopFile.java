package io.tidemark.ingest.files;

import java.io.EOFException;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;

/** An open file of a Hadoop file system. */
final class HadoopFile implements RandomAccess {

    /** Asks for a file's size where the log did not give it. */
    interface SizeQuestion {
        long ask() throws IOException;
    }

    private final String path;
    private final FSDataInputStream in;
    private final SizeQuestion question;
    private long size;

    HadoopFile(String path, FSDataInputStream in, long size, SizeQuestion question) {
        this.path = path;
        this.in = in;
        this.size = size;
        this.question = question;
    }

    @Override
    public long size() throws IOException {
        if (size < 0) {
            size = question.ask();
        }
        return size;
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
        try {
            in.readFully(position, target, offset, length);
        } catch (EOFException e) {
            throw (EOFException)
                    new EOFException(FileReference.quoted(path) + " ends before byte " + (position + length) + ".")
                            .initCause(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
