package io.tidemark.web.command;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * What the log looks like and how much is in it. To be settled before the first logger is made, which is before options are
 * parsed: {@link LogOptions} declares and checks the same ones.
 *
 * @param format {@code plain} or {@code json}
 * @param level of Tidemark's own loggers; others warn
 */
record LogSetup(String format, String level) {
    static final String FORMAT_OPTION = "--log-format";
    static final String LEVEL_OPTION = "--log-level";
    static final Set<String> FORMATS = Set.of("plain", "json");
    static final Set<String> LEVELS = Set.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE");

    /** As {@code log4j2.xml} has them. */
    private static final String FORMAT_PROPERTY = "tidemark.log.format";

    private static final String LEVEL_PROPERTY = "tidemark.log.level";

    /** What cannot be understood is left at its default here, and refused when options are parsed. */
    static LogSetup of(String[] arguments, Map<String, String> environment) {
        String format = said(FORMAT_OPTION, "TIDEMARK_LOG_FORMAT", arguments, environment)
                .map(text -> text.toLowerCase(Locale.ROOT))
                .filter(FORMATS::contains)
                .orElse("plain");
        String level = said(LEVEL_OPTION, "TIDEMARK_LOG_LEVEL", arguments, environment)
                .map(text -> text.toUpperCase(Locale.ROOT))
                .filter(LEVELS::contains)
                .orElse("INFO");
        return new LogSetup(format, level);
    }

    private static Optional<String> said(
            String option, String variable, String[] arguments, Map<String, String> environment) {
        Optional<String> said = Optional.ofNullable(environment.get(variable));
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith(option + "=")) {
                said = Optional.of(arguments[i].substring(option.length() + 1));
            } else if (arguments[i].equals(option) && i + 1 < arguments.length) {
                said = Optional.of(arguments[i + 1]);
            }
        }
        return said.map(String::strip);
    }

    /** Makes it so. In vain once a logger was made. */
    void apply() {
        System.setProperty(FORMAT_PROPERTY, format);
        System.setProperty(LEVEL_PROPERTY, level);
        // What ends a thread is an event like others, and not lines of its own.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
                LoggerFactory.getLogger(LogSetup.class).error("The thread {} ended", thread.getName(), failure));
    }

    /** True if whatever is written to standard error is to be JSON. */
    static boolean isJson() {
        return "json".equals(System.getProperty(FORMAT_PROPERTY));
    }
}
