package io.tidemark.web.contract;

/** What a client sent, as an answer may repeat it. */
final class Shown {
    private static final int MAX = 60;

    private Shown() {}

    /** Without what would not be seen or would turn the line, and no longer than a line. */
    static String of(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(MAX).forEach(c -> shown.appendCodePoint(isPlain(c) ? c : '\ufffd'));
        return text.codePointCount(0, text.length()) > MAX
                ? shown.append('\u2026').toString()
                : shown.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
