package io.tidemark.web.export;

import java.nio.charset.StandardCharsets;

/** Strings of JSON, in UTF-8: only what must be is escaped. */
final class JsonText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private JsonText() {}

    static void write(byte[] from, int at, int length, OutputBuffer out) {
        out.put('"');
        if (Bytes.isPlain(from, at, length, '"', '\\')) {
            out.putShort(from, at, length);
        } else if (Bytes.isUtf8(from, at, length)) {
            escape(from, at, length, out);
        } else {
            byte[] mended = new String(from, at, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            escape(mended, 0, mended.length, out);
        }
        out.put('"');
    }

    private static void escape(byte[] from, int at, int length, OutputBuffer out) {
        for (int i = at; i < at + length; i++) {
            byte b = from[i];
            if (b == '"' || b == '\\') {
                out.put('\\');
                out.put(b);
            } else if (b >= 0 && b < 0x20) {
                control(b, out);
            } else {
                out.put(b);
            }
        }
    }

    private static void control(byte b, OutputBuffer out) {
        out.put('\\');
        switch (b) {
            case '\n' -> out.put('n');
            case '\r' -> out.put('r');
            case '\t' -> out.put('t');
            default -> {
                out.put('u');
                out.put('0');
                out.put('0');
                out.put(HEX[b >> 4]);
                out.put(HEX[b & 0xf]);
            }
        }
    }
}
