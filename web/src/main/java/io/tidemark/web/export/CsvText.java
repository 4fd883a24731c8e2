package io.tidemark.web.export;

import java.nio.charset.StandardCharsets;

/**
 * Text of CSV: quoted where it must be, and where wanted made safe for spreadsheets, which take a cell that begins with
 * {@code =}, {@code +}, {@code -} or {@code @} for a formula.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class CsvText {
    private CsvText() {}

    /**
     * Writes a value that is text.
     *
     * @param safe true if what a spreadsheet would take for a formula gets an apostrophe in front
     */
    static void write(byte[] from, int at, int length, boolean safe, OutputBuffer out) {
        if (length > 0 && Bytes.isPlain(from, at, length, '"', ',') && (!safe || !isFormula(from, at, length))) {
            out.putShort(from, at, length);
        } else if (Bytes.isUtf8(from, at, length)) {
            writeSpecial(from, at, length, safe, out);
        } else {
            byte[] mended = new String(from, at, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            writeSpecial(mended, 0, mended.length, safe, out);
        }
    }

    private static void writeSpecial(byte[] from, int at, int length, boolean safe, OutputBuffer out) {
        boolean quoted = length == 0;
        for (int i = at; i < at + length; i++) {
            byte b = from[i];
            quoted |= b == '"' || b == ',' || b == '\r' || b == '\n';
        }
        if (quoted) {
            out.put('"');
        }
        if (safe && isFormula(from, at, length)) {
            out.put('\'');
        }
        for (int i = at; i < at + length; i++) {
            if (from[i] == '"') {
                out.put('"');
            }
            out.put(from[i]);
        }
        if (quoted) {
            out.put('"');
        }
    }

    /** Spreadsheets trim what is blank before they look for a formula, and some know its signs in full width. */
    private static boolean isFormula(byte[] from, int at, int length) {
        int end = at + length;
        int p = at;
        if (p < end && (from[p] == '\t' || from[p] == '\r' || from[p] == '\n')) {
            return true;
        }
        while (p < end) {
            switch (from[p]) {
                case '=', '+', '-', '@' -> {
                    return true;
                }
                case ' ', '\t', '\r', '\n', 0x0b, '\f', 0 -> p++;
                default -> {
                    if (from[p] >= 0) {
                        return false;
                    }
                    int blank = blankLength(from, p, end);
                    if (blank == 0) {
                        return isWideSign(from, p, end);
                    }
                    p += blank;
                }
            }
        }
        return false;
    }

    /** Bytes of a blank outside of ASCII: no-break space, U+2000 to U+200F, U+202F, U+2060, U+3000, U+FEFF; 0 if none. */
    private static int blankLength(byte[] from, int at, int end) {
        int first = from[at] & 0xff;
        int second = at + 1 < end ? from[at + 1] & 0xff : 0;
        int third = at + 2 < end ? from[at + 2] & 0xff : 0;
        if (first == 0xc2 && (second == 0xa0 || second == 0x85)) {
            return 2;
        }
        boolean general = first == 0xe2 && second == 0x80 && (third <= 0x8f || third == 0xaf) && third >= 0x80;
        boolean joiner = first == 0xe2 && second == 0x81 && (third == 0xa0 || third == 0x9f);
        boolean ideographic = first == 0xe3 && second == 0x80 && third == 0x80;
        boolean mark = first == 0xef && second == 0xbb && third == 0xbf;
        return general || joiner || ideographic || mark ? 3 : 0;
    }

    private static boolean isWideSign(byte[] from, int at, int end) {
        if (at + 2 >= end || (from[at] & 0xff) != 0xef || (from[at + 1] & 0xff) != 0xbc) {
            return false;
        }
        int third = from[at + 2] & 0xff;
        return third == 0x9d || third == 0x8b || third == 0x8d || third == 0xa0;
    }
}
