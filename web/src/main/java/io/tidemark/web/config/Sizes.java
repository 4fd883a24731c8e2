package io.tidemark.web.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands sizes as people write them: {@code 16KB}, {@code 512MB}, {@code 1.5GB}. A megabyte is 2^20 bytes. */
public final class Sizes {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)\\s*(KB|MB|GB|TB)");

    private Sizes() {}

    /** @param option named in the message if the text is no size above zero */
    public static long parse(String option, String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (matcher.matches()) {
            int shift = switch (matcher.group(2)) {
                case "KB" -> 10;
                case "MB" -> 20;
                case "GB" -> 30;
                default -> 40;
            };
            long bytes = Math.round(Double.parseDouble(matcher.group(1)) * (1L << shift));
            if (bytes > 0) {
                return bytes;
            }
        }
        throw new ConfigException(option + ": '" + text + "' is not a size above zero. Examples: 512MB, 10GB");
    }
}
