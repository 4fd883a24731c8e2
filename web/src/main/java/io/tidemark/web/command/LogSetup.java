package io.tidemark.web.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
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

    /** Loggers of libraries that warn of what is as it should be. */
    private static final List<String> QUIET = List.of(
            // Vert.x registers some of its meters once for each event loop, which Micrometer warns of.
            "io.micrometer",
            // Kafka warns of what it tries again by itself, and of settings that are as they have to be.
            "org.apache.kafka.clients.producer.internals.Sender",
            "org.apache.kafka.clients.NetworkClient",
            "org.apache.kafka.streams.StreamsConfig",
            "org.apache.kafka.streams.processor.internals.StateDirectory",
            // Hadoop warns that it was not installed as a cluster's.
            "org.apache.hadoop.util.NativeCodeLoader",
            "org.apache.hadoop.metrics2",
            // It warns of a table without a checkpoint, which every young table is.
            "io.delta.kernel");

    /** Those whose levels were set: the log manager forgets loggers that nobody holds, and their levels with them. */
    private static final List<Logger> HELD = new CopyOnWriteArrayList<>();

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

    /** Makes it so. Threads that end with an exception log it from then on. */
    void apply() {
        System.setProperty("java.util.logging.manager", LogManagerForLife.class.getName());
        Logger root = Logger.getLogger("");
        for (Handler each : root.getHandlers()) {
            root.removeHandler(each);
        }
        root.addHandler(new LogHandler(System.err, formatter(format)));
        HELD.clear();
        set("", "WARN");
        set("io.tidemark", level);
        QUIET.forEach(logger -> set(logger, "ERROR"));
        // What ends a thread is an event like others, and not lines of its own.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
                LoggerFactory.getLogger(LogSetup.class).error("The thread {} ended", thread.getName(), failure));
    }

    static Formatter formatter(String format) {
        return format.equals("json") ? new JsonLogFormatter() : new PlainLogFormatter();
    }

    private static void set(String name, String level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(
                switch (level) {
                    case "ERROR" -> Level.SEVERE;
                    case "WARN" -> Level.WARNING;
                    case "DEBUG" -> Level.FINE;
                    case "TRACE" -> Level.FINEST;
                    default -> Level.INFO;
                });
        HELD.add(logger);
    }

    /** True if whatever is written to standard error is to be JSON. */
    static boolean isJson() {
        return Arrays.stream(Logger.getLogger("").getHandlers())
                .anyMatch(each -> each.getFormatter() instanceof JsonLogFormatter);
    }
}
