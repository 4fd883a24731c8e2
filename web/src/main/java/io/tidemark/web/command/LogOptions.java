package io.tidemark.web.command;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What {@link LogSetup} has read already, for the help text and for refusing what it passed over. */
final class LogOptions {

    @Option(
            names = LogSetup.FORMAT_OPTION,
            paramLabel = "FORMAT",
            defaultValue = "plain",
            converter = Format.class,
            description = "What the log on standard error looks like: plain, or json with an object a line.")
    private String format;

    @Option(
            names = LogSetup.LEVEL_OPTION,
            paramLabel = "LEVEL",
            defaultValue = "INFO",
            converter = Level.class,
            description = "How much is in the log: ERROR, WARN, INFO, DEBUG or TRACE.")
    private String level;

    static final class Format implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (!LogSetup.FORMATS.contains(text.strip().toLowerCase(Locale.ROOT))) {
                throw new TypeConversionException("'" + text + "' is no format of logs. Use plain or json.");
            }
            return text;
        }
    }

    static final class Level implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (!LogSetup.LEVELS.contains(text.strip().toUpperCase(Locale.ROOT))) {
                throw new TypeConversionException(
                        "'" + text + "' is no level of logs. Use ERROR, WARN, INFO, DEBUG or TRACE.");
            }
            return text;
        }
    }
}
