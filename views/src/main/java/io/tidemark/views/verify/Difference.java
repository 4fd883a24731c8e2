package io.tidemark.views.verify;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One number that is not what a recount gives.
 *
 * @param group as in the view; a part may be null
 * @param served what the views say
 * @param counted what the table holds
 */
public record Difference(String view, List<String> group, long served, long counted) {

    /** One line for the user. */
    @Override
    public String toString() {
        String name = group.stream()
                .map(part -> part == null ? "null" : '"' + shown(part) + '"')
                .collect(Collectors.joining(" × "));
        return view + " " + name + ": served " + served + ", counted " + counted;
    }

    /** Values are users' text: no control character reaches the terminal. */
    private static String shown(String text) {
        String cut = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return cut.replaceAll("\\p{C}", "\uFFFD");
    }
}
