package io.tidemark.views.quality;

import java.util.List;
import java.util.stream.Collectors;

/** How findings are put into words, with names that may have been made by someone hostile. */
final class Words {
    private static final int NAME_CHARS = 60;
    private static final int MOST_NAMES = 5;
    private static final int REPLACEMENT = 0xFFFD;

    private Words() {}

    /** With commas between thousands, whatever the locale. By hand, as it may be done each step. */
    static String number(long n) {
        StringBuilder text = new StringBuilder(26).append(n);
        for (int at = text.length() - 3; at > (n < 0 ? 1 : 0); at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }

    static String many(long n, String thing) {
        return number(n) + " " + thing + (n == 1 ? "" : "s");
    }

    static String quoted(String name) {
        return "'" + plain(name, NAME_CHARS) + "'";
    }

    /** The first few, and how many more there are. */
    static String list(List<String> names) {
        String first = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMES ? first : first + " and " + number(names.size() - MOST_NAMES) + " more";
    }

    /** One line of what can be seen: no control characters, none that turn the direction or hide, no half characters. */
    static String plain(String text, int mostChars) {
        StringBuilder plain = new StringBuilder(Math.min(text.length(), mostChars));
        for (int at = 0; at < text.length(); ) {
            int sign = text.codePointAt(at);
            if (plain.length() + Character.charCount(sign) > mostChars - (at + 1 < text.length() ? 1 : 0)) {
                return plain.append('…').toString();
            }
            plain.appendCodePoint(isPlain(sign) ? sign : REPLACEMENT);
            at += Character.charCount(sign);
        }
        return plain.toString();
    }

    private static boolean isPlain(int sign) {
        return switch (Character.getType(sign)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
