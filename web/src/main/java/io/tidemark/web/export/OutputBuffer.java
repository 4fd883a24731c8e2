package io.tidemark.web.export;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes to be sent, written to the end of an array that grows and is used again. Not for more than one thread. */
public final class OutputBuffer {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Bytes after the end that a copy in steps of eight may touch. */
    private static final int SLACK = 8;

    /** From this length on the JDK's copy is faster. */
    private static final int LONG_COPY = 64;

    private byte[] bytes;
    private int length;

    public OutputBuffer(int size) {
        bytes = new byte[size + SLACK];
    }

    /** The array; what was written is at its start. Another one after it has grown. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }

    void put(int b) {
        ensure(1);
        bytes[length++] = (byte) b;
    }

    void put(byte[] from) {
        put(from, 0, from.length);
    }

    void put(byte[] from, int at, int count) {
        ensure(count);
        System.arraycopy(from, at, bytes, length, count);
        length += count;
    }

    /** As {@link #put}, quicker where little is copied; eight more bytes of the source must be readable. */
    void putShort(byte[] from, int at, int count) {
        if (count > LONG_COPY) {
            put(from, at, count);
            return;
        }
        if (bytes.length - SLACK - length < count) {
            ensure(count);
        }
        byte[] to = bytes;
        int end = length;
        for (int i = 0; i < count; i += Long.BYTES) {
            LONG.set(to, end + i, (long) LONG.get(from, at + i));
        }
        length = end + count;
    }

    private void ensure(int count) {
        if (bytes.length - SLACK - length < count) {
            long needed = (long) length + count + SLACK;
            if (needed > Integer.MAX_VALUE - SLACK) {
                throw new OutOfMemoryError("a row is too large to be written");
            }
            bytes = Arrays.copyOf(
                    bytes, (int) Math.min(Integer.MAX_VALUE - SLACK, Math.max(needed, 2L * bytes.length)));
        }
    }
}
