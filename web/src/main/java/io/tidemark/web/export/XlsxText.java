package io.tidemark.web.export;

/**
 * Text as it is written into a cell of an Excel file. What XML has no place for, and blanks at the ends, which would be lost,
 * are written as {@code _xHHHH_}, as Excel does; a text that looks like that is kept from being read so.
 *
 * @see <a href="https://learn.microsoft.com/openspecs/office_standards/ms-oi29500/f92cfbe4-ae4a-4c34-ac94-34f7c72ee3a5">ST_Xstring</a>
 */
final class XlsxText {
    /** The longest text of a cell, in UTF-16 units. */
    static final int MAX_LENGTH = 32_767;

    private XlsxText() {}

    /** Without a surrogate left alone at its end. */
    static String cut(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1));
        return text.substring(0, splits ? MAX_LENGTH - 1 : MAX_LENGTH);
    }

    static String escape(String text) {
        int last = text.length() - 1;
        StringBuilder escaped = null;
        for (int i = 0; i <= last; i++) {
            char c = text.charAt(i);
            boolean atEnd = i == 0 || i == last;
            boolean special = isForbidden(c)
                    || c == '\r'
                    || (atEnd && (c == ' ' || c == '\t' || c == '\n'))
                    || (c == '_' && looksEscaped(text, i));
            if (special && escaped == null) {
                escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (escaped != null) {
                if (special) {
                    escaped.append(String.format("_x%04X_", (int) c));
                } else {
                    escaped.append(c);
                }
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    private static boolean isForbidden(char c) {
        return (c < ' ' && c != '\t' && c != '\n') || c == '\uFFFE' || c == '\uFFFF';
    }

    private static boolean looksEscaped(String text, int at) {
        if (at + 6 >= text.length() || text.charAt(at + 1) != 'x' || text.charAt(at + 6) != '_') {
            return false;
        }
        for (int i = at + 2; i < at + 6; i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
