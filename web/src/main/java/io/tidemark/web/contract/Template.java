package io.tidemark.web.contract;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A text whose lines are repeated, left out and completed by words in comments: {@code # each dimension} or {@code # if word},
 * up to {@code # end}. So the template is YAML before and after. Blocks may be nested, but for those that repeat.
 */
final class Template {
    private static final String EACH = "# each dimension";
    private static final String IF = "# if ";
    private static final String END = "# end";

    private final List<String> lines;

    Template(String text) {
        this.lines = text.lines().toList();
    }

    /**
     * @param words that are true
     * @param values by name, for what stands in braces
     * @param dimensions for each one, the same, besides
     */
    String complete(Set<String> words, Map<String, String> values, List<Map<String, String>> dimensions) {
        StringBuilder out = new StringBuilder();
        Deque<Boolean> blocks = new ArrayDeque<>();
        StringBuilder repeated = null;
        for (String line : lines) {
            String word = line.strip();
            if (word.startsWith(IF)) {
                blocks.push(words.contains(word.substring(IF.length())));
            } else if (word.equals(EACH)) {
                repeated = new StringBuilder();
                blocks.push(true);
            } else if (word.equals(END)) {
                blocks.pop();
                if (repeated != null) {
                    for (Map<String, String> dimension : dimensions) {
                        out.append(filled(repeated.toString(), dimension));
                    }
                    repeated = null;
                }
            } else if (!blocks.contains(false)) {
                (repeated == null ? out : repeated).append(line).append('\n');
            }
        }
        return filled(out.toString(), values);
    }

    /** In one go: the text is long, and its copies would be a tenth of what a start has to do. */
    private static String filled(String text, Map<String, String> values) {
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
            int close = text.indexOf('}', open);
            String value = close < 0 ? null : values.get(text.substring(open + 1, close));
            if (value != null) {
                out.append(text, from, open).append(value);
                from = close + 1;
            }
        }
        return out.append(text, from, text.length()).toString();
    }
}
