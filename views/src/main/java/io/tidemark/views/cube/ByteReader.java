package io.tidemark.views.cube;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what a {@link ByteWriter} wrote, from bytes that may be damaged: whatever they are, it ends in a value or in an
 * {@link IllegalArgumentException}, and allocates no more than the bytes could hold. Not thread-safe.
 */
public final class ByteReader {
    private final byte[] bytes;
    private int at;

    public ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Number of bytes that are left. */
    public int remaining() {
        return bytes.length - at;
    }

    public int readByte() {
        if (at == bytes.length) {
            throw new IllegalArgumentException("cut off after " + at + " bytes");
        }
        return bytes[at++];
    }

    /** Reads the leading byte that tells one format from the next. */
    public void readVersion(int expected) {
        int version = readByte();
        if (version != expected) {
            throw new IllegalArgumentException("format " + version + " where " + expected + " was expected");
        }
    }

    /** Reads an unsigned number. */
    public long readUnsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                if (shift == 63 && next > 1) {
                    break;
                }
                return value;
            }
        }
        throw new IllegalArgumentException("a number beyond 64 bits before byte " + at);
    }

    /** Reads a signed number. */
    public long readSigned() {
        long value = readUnsigned();
        return value >>> 1 ^ -(value & 1);
    }

    /** Reads a number that is not negative. */
    public long readCount() {
        long value = readUnsigned();
        if (value < 0) {
            throw new IllegalArgumentException("the absurd number " + Long.toUnsignedString(value));
        }
        return value;
    }

    /** Reads a number from 0 to {@link Integer#MAX_VALUE}. */
    public int readInt() {
        long value = readUnsigned();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the absurd number " + Long.toUnsignedString(value));
        }
        return (int) value;
    }

    /** Reads how many things follow, each of which takes at least so many bytes. */
    public int readLength(int bytesEach) {
        long length = readUnsigned();
        if (length < 0 || length > remaining() / bytesEach) {
            throw new IllegalArgumentException(
                    Long.toUnsignedString(length) + " elements announced with " + remaining() + " bytes left");
        }
        return (int) length;
    }

    /** Reads eight bytes, highest first. */
    public long readLong() {
        if (remaining() < 8) {
            throw new IllegalArgumentException("cut off after " + at + " bytes");
        }
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | bytes[at++] & 0xFF;
        }
        return value;
    }

    /** Reads a text. */
    public String readText() {
        long header = readUnsigned();
        long length = header >>> 1;
        boolean chars = (header & 1) != 0;
        if (length > remaining() || (chars && length % 2 != 0)) {
            throw new IllegalArgumentException("a text of " + length + " bytes with " + remaining() + " bytes left");
        }
        int from = at;
        at += (int) length;
        if (!chars) {
            return new String(bytes, from, (int) length, StandardCharsets.UTF_8);
        }
        char[] text = new char[(int) length / 2];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) (bytes[from + 2 * i] << 8 | bytes[from + 2 * i + 1] & 0xFF);
        }
        return new String(text);
    }

    /** Reads bytes that were written with their length. */
    public byte[] readBytes() {
        return readRaw(readLength(1));
    }

    /** Reads bytes as they are. */
    public byte[] readRaw(int length) {
        if (length > remaining()) {
            throw new IllegalArgumentException(length + " bytes announced with " + remaining() + " left");
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /** Checks that nothing follows. */
    public void readEnd() {
        if (remaining() > 0) {
            throw new IllegalArgumentException(remaining() + " bytes too many");
        }
    }
}
