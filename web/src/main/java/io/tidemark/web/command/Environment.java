package io.tidemark.web.command;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives every option an environment variable: {@code --poll-interval} is {@code TIDEMARK_POLL_INTERVAL}. */
final class Environment implements IDefaultValueProvider {
    /** The names that existing deployments have, and of lists. */
    private static final Map<String, String> GIVEN = Map.of(
            "--table", "DELTA_TABLE_PATH",
            "--cors-origin", "TIDEMARK_CORS_ORIGINS",
            "--trusted-proxy", "TIDEMARK_TRUSTED_PROXIES",
            "--kafka-bootstrap-servers", "KAFKA_BOOTSTRAP_SERVERS");

    /** Where nothing is something else than what is not said. */
    private static final Set<String> MAY_BE_EMPTY = Set.of("--time-column", "--dimensions", "--distinct-column");

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /** Name of an option's variable. */
    static String nameOf(OptionSpec option) {
        String name = option.longestName();
        return GIVEN.getOrDefault(
                name, "TIDEMARK_" + name.substring(2).replace('-', '_').toUpperCase(Locale.ROOT));
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || isBuiltIn(option)) {
            return null;
        }
        String value = variables.get(nameOf(option));
        return value == null || value.isBlank() && !MAY_BE_EMPTY.contains(option.longestName()) ? null : value;
    }

    /** Takes variables as defaults, and says so in the help text. */
    void applyTo(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        for (OptionSpec option : spec.options().toArray(new OptionSpec[0])) {
            if (!isBuiltIn(option)) {
                String byDefault =
                        option.defaultValue() == null || option.defaultValue().isEmpty()
                                ? ""
                                : ", default " + option.defaultValue();
                String description = String.join(" ", option.description()) + " [" + nameOf(option) + byDefault + "]";
                spec.remove(option);
                spec.addOption(
                        OptionSpec.builder(option).description(description).build());
            }
        }
        command.setDefaultValueProvider(this);
        command.getSubcommands().values().forEach(this::applyTo);
    }

    private static boolean isBuiltIn(OptionSpec option) {
        return option.usageHelp() || option.versionHelp();
    }
}
