package io.tidemark.ingest.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The JSON of one nested value while it is put together, in UTF-8. */
final class NestedText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final ByteBudget budget;
    private final ScanControl control;
    private byte[] bytes = {};
    private int length;
    private int steps;
    private boolean wanted;

    NestedText(ByteBudget budget, ScanControl control) {
        this.budget = budget;
        this.control = control;
    }

    /** Begins a row; of one that is not wanted nothing is kept. */
    void startRow(boolean isWanted) {
        wanted = isWanted;
        length = 0;
    }

    boolean isWanted() {
        return wanted;
    }

    /** To be called for each entry of a list or map: a single row may have as many as the file has bytes, and more. */
    void step() {
        if ((++steps & 0xfff) == 0) {
            control.check();
        }
    }

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void put(char ascii) {
        if (wanted) {
            room(1);
            bytes[length++] = (byte) ascii;
        }
    }

    void put(byte[] from) {
        put(from, 0, from.length);
    }

    void put(byte[] from, int at, int count) {
        if (wanted) {
            room(count);
            System.arraycopy(from, at, bytes, length, count);
            length += count;
        }
    }

    void putNull() {
        put(NULL);
    }

    /** A string of JSON; bytes that are not UTF-8 become U+FFFD. */
    void putString(byte[] from) {
        byte[] text = from;
        for (byte b : from) {
            if (b < 0) {
                text = new String(from, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
                break;
            }
        }
        put('"');
        int done = 0;
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            if (b == '"' || b == '\\' || (b >= 0 && b < 0x20)) {
                put(text, done, i - done);
                escape(b);
                done = i + 1;
            }
        }
        put(text, done, text.length - done);
        put('"');
    }

    /** The name of a member as it is written, with its colon; what the text held is gone. */
    byte[] memberName(String name) {
        startRow(true);
        putString(name.getBytes(StandardCharsets.UTF_8));
        put(':');
        return Arrays.copyOf(bytes, length);
    }

    private void escape(byte b) {
        put('\\');
        switch (b) {
            case '"', '\\' -> put((char) b);
            case '\n' -> put('n');
            case '\r' -> put('r');
            case '\t' -> put('t');
            default -> {
                put('u');
                put('0');
                put('0');
                put((char) HEX[b >> 4]);
                put((char) HEX[b & 0xf]);
            }
        }
    }

    private void room(int count) {
        bytes = budget.extend(bytes, (long) length + count);
    }
}
