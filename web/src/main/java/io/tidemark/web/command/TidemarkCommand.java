package io.tidemark.web.command;

import io.tidemark.ingest.log.TableException;
import io.tidemark.views.store.StateException;
import io.tidemark.web.config.ConfigException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line. */
@Command(
        name = "tidemark",
        mixinStandardHelpOptions = true,
        versionProvider = TidemarkCommand.Version.class,
        description = "Live, exact, pre-aggregated views of a Delta Lake table.",
        footer =
                "%nExit codes: 0 done, 1 verify found a difference, 2 wrong usage or configuration, 3 failed while running.")
public final class TidemarkCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(TidemarkCommand.class);

    @Override
    public Integer call() {
        throw new ConfigException(
                "Say what to do: demo, serve, generate, verify, token, produce or write. See --help.");
    }

    /**
     * Runs a command to its end.
     *
     * @param environment variables of the process
     * @return the exit code
     */
    public static int run(String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        return commandLine(environment, out, err).execute(arguments);
    }

    static CommandLine commandLine(Map<String, String> environment, PrintStream out, PrintStream err) {
        Context context = new Context(environment, out);
        CommandLine command = new CommandLine(new TidemarkCommand())
                .addSubcommand(new DemoCommand(context))
                .addSubcommand(new ServeCommand(context))
                .addSubcommand(new GenerateCommand(context))
                .addSubcommand(new TablesCommand(context))
                .addSubcommand(new VerifyCommand(context))
                .addSubcommand(new CommandLine(new TokenCommand()).addSubcommand(new TokenCommand.New(context)))
                .addSubcommand(new ProduceCommand(context))
                .addSubcommand(new WriteCommand(context));
        command.getSubcommands().values().forEach(sub -> sub.getCommandSpec().versionProvider(new Version()));
        new Environment(environment).applyTo(command);
        return command.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler((failure, args) -> {
                    String name = failure.getCommandLine().getCommandSpec().qualifiedName();
                    err.println(oneLine(failure.getMessage()) + " See: " + name + " --help");
                    return ExitCode.WRONG_USAGE;
                })
                .setExecutionExceptionHandler((failure, line, parsed) -> failed(failure, err));
    }

    private static int failed(Exception failure, PrintStream err) {
        Throwable cause = failure instanceof java.util.concurrent.CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        String message = oneLine(String.valueOf(cause.getMessage()));
        if (cause instanceof ConfigException || cause instanceof StateException) {
            err.println(message);
            return ExitCode.WRONG_USAGE;
        }
        if (!(cause instanceof TableException || cause instanceof IOException)) {
            LOG.error("This should not happen", cause);
        }
        // Of a file system's failures, the message is the path alone.
        boolean kind = cause.getMessage() == null || cause instanceof FileSystemException;
        err.println("Failed: "
                + (kind
                        ? cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : " " + message)
                        : message));
        return ExitCode.FAILED;
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** The version that the jar says. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = TidemarkCommand.class.getPackage().getImplementationVersion();
            return new String[] {"Tidemark " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
