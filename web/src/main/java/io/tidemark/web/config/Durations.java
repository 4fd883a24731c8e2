package io.tidemark.web.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands durations as people write them: {@code 500ms}, {@code 2s}, {@code 1.5s}, {@code 1m}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h)");

    private Durations() {}

    /** @param option named in the message if the text is no duration above zero */
    public static Duration parse(String option, String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (matcher.matches()) {
            long unit = switch (matcher.group(2)) {
                case "ms" -> 1;
                case "s" -> 1000;
                case "m" -> 60_000;
                default -> 3_600_000;
            };
            long millis = Math.round(Double.parseDouble(matcher.group(1)) * unit);
            if (millis > 0) {
                return Duration.ofMillis(millis);
            }
        }
        throw new ConfigException(option + ": '" + text + "' is not a duration above zero. Examples: 500ms, 2s, 1m");
    }
}
