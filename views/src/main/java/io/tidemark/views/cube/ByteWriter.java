package io.tidemark.views.cube;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes in the making: variable-length numbers (7 bits a byte, lowest first), text, raw longs. Not thread-safe. */
public final class ByteWriter {
    private byte[] bytes = new byte[64];
    private int size;

    public ByteWriter writeByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Writes an unsigned number: small ones are short, those with the sign bit take ten bytes. */
    public ByteWriter writeUnsigned(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /** Writes a signed number: those near zero are short. */
    public ByteWriter writeSigned(long value) {
        return writeUnsigned(value << 1 ^ value >> 63);
    }

    /** Writes eight bytes, highest first. */
    public ByteWriter writeLong(long value) {
        ensure(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Writes a text with its length; every Java text comes back as it was, lone surrogates too. */
    public ByteWriter writeText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        // UTF-8 has no lone surrogates: where text holds one, its chars are written instead.
        boolean whole = text.equals(new String(utf8, StandardCharsets.UTF_8));
        byte[] encoded = whole ? utf8 : chars(text);
        writeUnsigned((long) encoded.length << 1 | (whole ? 0 : 1));
        ensure(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
        return this;
    }

    /** Writes bytes with their length. */
    public ByteWriter writeBytes(byte[] value) {
        writeUnsigned(value.length);
        return writeRaw(value, 0, value.length);
    }

    /** Writes bytes as they are. */
    public ByteWriter writeRaw(byte[] value, int from, int length) {
        ensure(length);
        System.arraycopy(value, from, bytes, size, length);
        size += length;
        return this;
    }

    private static byte[] chars(String text) {
        byte[] chars = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            chars[2 * i] = (byte) (text.charAt(i) >>> 8);
            chars[2 * i + 1] = (byte) text.charAt(i);
        }
        return chars;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.addExact(Math.addExact(size, more), size >> 1));
        }
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
