package io.tidemark.web.export;

import java.io.OutputStream;

/** What an encoder's library writes to: always into the buffer of the call that is being made. */
final class EncodedStream extends OutputStream {
    private OutputBuffer out;
    private long position;

    /** Where bytes go from now on. */
    void to(OutputBuffer buffer) {
        out = buffer;
    }

    /** Number of bytes written so far. */
    long position() {
        return position;
    }

    @Override
    public void write(int b) {
        out.put(b);
        position++;
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        out.put(bytes, from, count);
        position += count;
    }
}
