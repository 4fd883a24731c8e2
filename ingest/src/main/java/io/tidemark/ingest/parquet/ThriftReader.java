package io.tidemark.ingest.parquet;

import java.nio.charset.StandardCharsets;

/**
 * Reads Thrift's compact protocol, as far as Parquet's metadata needs it. Allocates nothing but the strings asked for.
 *
 * <p>A struct is read as {@code int outer = in.enter(); while (in.next()) switch (in.field()) … ; in.leave(outer);} with a
 * {@link #skip()} for each field that is not wanted.
 *
 * @see <a href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">Compact protocol</a>
 */
public final class ThriftReader {
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int I16 = 4;
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    private static final int STRUCT = 12;
    private static final int UUID = 13;
    private static final int MAX_DEPTH = 32;

    private byte[] bytes;
    private int at;
    private int end;
    private int field;
    private int type;
    private int length;

    public ThriftReader reset(byte[] from, int start, int stop) {
        bytes = from;
        at = start;
        end = stop;
        field = 0;
        type = STRUCT;
        return this;
    }

    public int position() {
        return at;
    }

    public void position(int start) {
        at = start;
    }

    /** Begins a struct; what comes back is for {@link #leave}. */
    public int enter() {
        require(type == STRUCT);
        int outer = field;
        field = 0;
        return outer;
    }

    public void leave(int outer) {
        field = outer;
    }

    /** Goes to the struct's next field; false after the last one. */
    public boolean next() {
        int header = u8();
        if (header == 0) {
            return false;
        }
        int delta = header >>> 4;
        type = header & 0xf;
        field = delta == 0 ? (int) zigzag() : field + delta;
        return true;
    }

    public int field() {
        return field;
    }

    public boolean bool() {
        require(type == TRUE || type == FALSE);
        return type == TRUE;
    }

    public int i8() {
        require(type == BYTE);
        return (byte) u8();
    }

    public int i32() {
        require(type == I32);
        long value = zigzag();
        require(value == (int) value);
        return (int) value;
    }

    public long i64() {
        require(type == I64);
        return zigzag();
    }

    /** Goes past a binary or string and returns where it began; {@link #length()} tells how long it is. */
    public int binary() {
        require(type == BINARY);
        length = size();
        int start = at;
        at += length;
        return start;
    }

    public int length() {
        return length;
    }

    public String string() {
        int start = binary();
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    /** Begins a list of structs and returns its size; each element is then read with {@link #enter}. */
    public int structs() {
        require(type == LIST || type == SET);
        int count = listHeader();
        require(count == 0 || type == STRUCT);
        return count;
    }

    /** Begins a list of integers and returns its size; each is then read with {@link #element32} or {@link #element64}. */
    public int integers() {
        require(type == LIST || type == SET);
        int count = listHeader();
        require(count == 0 || type == I32 || type == I64);
        return count;
    }

    public int element32() {
        long value = zigzag();
        require(value == (int) value);
        return (int) value;
    }

    public long element64() {
        return zigzag();
    }

    /** Begins a list of booleans and returns its size; each is then read with {@link #elementBool}. */
    public int booleans() {
        require(type == LIST || type == SET);
        int count = listHeader();
        require(count == 0 || type == TRUE || type == FALSE);
        return count;
    }

    public boolean elementBool() {
        return u8() == TRUE;
    }

    /** Begins a list of strings and returns its size; each is then read with {@link #stringElement}. */
    public int strings() {
        require(type == LIST);
        int count = listHeader();
        require(count == 0 || type == BINARY);
        return count;
    }

    public String stringElement() {
        type = BINARY;
        return string();
    }

    /** As {@link #binary}, for an element of {@link #strings}. */
    public int binaryElement() {
        type = BINARY;
        return binary();
    }

    /** To be called before each element of {@link #structs()}, since fields read in between change the type. */
    public void element() {
        type = STRUCT;
    }

    public void skip() {
        skip(type, 0);
    }

    /** As {@link #skip()}, for a field that says all by being there, and must be a struct. */
    public void skipMarker() {
        require(type == STRUCT);
        skip();
    }

    private void skip(int kind, int depth) {
        require(depth < MAX_DEPTH);
        switch (kind) {
            case TRUE, FALSE -> {}
            case BYTE -> advance(1);
            case I16, I32, I64 -> zigzag();
            case DOUBLE -> advance(8);
            case UUID -> advance(16);
            case BINARY -> advance(size());
            case LIST, SET -> skipList(depth);
            case MAP -> skipMap(depth);
            case STRUCT -> skipStruct(depth);
            default -> throw new ParquetFormatException("has metadata that is not Thrift");
        }
    }

    private void skipStruct(int depth) {
        for (int header = u8(); header != 0; header = u8()) {
            if (header >>> 4 == 0) {
                zigzag();
            }
            skip(header & 0xf, depth + 1);
        }
    }

    private void skipList(int depth) {
        int count = listHeader();
        int kind = type;
        for (int i = 0; i < count; i++) {
            skipElement(kind, depth);
        }
    }

    private void skipMap(int depth) {
        int count = size();
        int kinds = count == 0 ? 0 : u8();
        for (int i = 0; i < count; i++) {
            skipElement(kinds >>> 4, depth);
            skipElement(kinds & 0xf, depth);
        }
    }

    /** A boolean is in the field's header, but takes a byte as an element. */
    private void skipElement(int kind, int depth) {
        if (kind == TRUE || kind == FALSE) {
            advance(1);
        } else {
            skip(kind, depth + 1);
        }
    }

    private int listHeader() {
        int header = u8();
        type = header & 0xf;
        int count = header >>> 4;
        if (count == 15) {
            count = size();
        }
        // No element takes less than a byte, so a larger count is a lie that would cost memory or time.
        need(count);
        return count;
    }

    private int size() {
        long value = varint();
        need(value);
        return (int) value;
    }

    private long zigzag() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = u8();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new ParquetFormatException("has metadata that is not Thrift");
    }

    private int u8() {
        if (at >= end) {
            throw new ParquetFormatException.Truncated();
        }
        return bytes[at++] & 0xff;
    }

    private void advance(int count) {
        need(count);
        at += count;
    }

    private void need(long count) {
        if (count < 0 || count > end - at) {
            throw new ParquetFormatException.Truncated();
        }
    }

    private static void require(boolean expected) {
        if (!expected) {
            throw new ParquetFormatException("has metadata of another shape than Parquet's");
        }
    }
}
