package io.tidemark.web.alerts;

import java.time.Duration;

/**
 * What somebody wants to be told of.
 *
 * @param name as the user wrote it: any text of up to {@value #MAX_NAME} characters that can be seen, without slashes
 * @param limit when what is measured is no longer all right
 * @param atLeast how long that must last before it is told; zero: at once
 */
public record Alert(String name, Measure measure, Limit limit, Duration atLeast) {
    public static final int MAX_NAME = 100;

    public Alert {
        if (!isName(name)) {
            throw new IllegalArgumentException("no name of an alert: " + name);
        }
        if (atLeast.isNegative()) {
            throw new IllegalArgumentException("a negative duration: " + atLeast);
        }
    }

    /** Whether a text can be the name of an alert: it must stand in a path and in one line. */
    public static boolean isName(String text) {
        return !text.isBlank()
                && text.strip().equals(text)
                && text.length() <= MAX_NAME
                && !text.equals(".")
                && !text.equals("..")
                && text.codePoints().allMatch(Alert::canBeSeen);
    }

    private static boolean canBeSeen(int c) {
        return c != '/'
                && c != '\\'
                && switch (Character.getType(c)) {
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
