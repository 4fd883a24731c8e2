package io.tidemark.web.command;

import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** What {@link LogSetup} has read already, for the help text and for refusing what it passed over. */
final class LogOptions {
    private LogOptions() {}

    /** A new one, to be mixed into one command. */
    static CommandSpec spec() {
        return CommandSpec.create()
                .addOption(option(LogSetup.FORMAT_OPTION, "FORMAT", "plain")
                        .description("What the log on standard error looks like: plain, or json with an object a line.")
                        .converters(of(LogSetup.FORMATS, "is no format of logs. Use plain or json."))
                        .build())
                .addOption(option(LogSetup.LEVEL_OPTION, "LEVEL", "INFO")
                        .description("How much is in the log: ERROR, WARN, INFO, DEBUG or TRACE.")
                        .converters(of(LogSetup.LEVELS, "is no level of logs. Use ERROR, WARN, INFO, DEBUG or TRACE."))
                        .build());
    }

    private static OptionSpec.Builder option(String name, String label, String byDefault) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .defaultValue(byDefault)
                .type(String.class);
    }

    private static ITypeConverter<String> of(Set<String> allowed, String complaint) {
        return text -> {
            String said = text.strip();
            if (!allowed.contains(said.toLowerCase(Locale.ROOT)) && !allowed.contains(said.toUpperCase(Locale.ROOT))) {
                throw new TypeConversionException("'" + text + "' " + complaint);
            }
            return said;
        };
    }
}
