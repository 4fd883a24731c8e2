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
                "%nExit codes: 0 done, 1 the check failed (verify, doctor, status), 2 wrong usage or configuration, 3 failed while running.")
public final class TidemarkCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new ConfigException(
                "Say what to do: demo, serve, doctor, status, generate, verify, token, produce or write. See --help.");
    }

    /**
     * Runs a command to its end.
     *
     * @param environment variables of the process
     * @return the exit code
     */
    public static int run(String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        LogSetup.of(arguments, environment).apply();
        return commandLine(environment, out, err).execute(arguments);
    }

    static CommandLine commandLine(Map<String, String> environment, PrintStream out, PrintStream err) {
        Context context = new Context(environment, out);
        CommandLine command = new CommandLine(new TidemarkCommand())
                .addSubcommand(new DemoCommand(context))
                .addSubcommand(new ServeCommand(context))
                .addSubcommand(new DoctorCommand(context))
                .addSubcommand(new StatusCommand(context))
                .addSubcommand(new GenerateCommand(context))
                .addSubcommand(new TablesCommand(context))
                .addSubcommand(new VerifyCommand(context))
                .addSubcommand(new CommandLine(new TokenCommand()).addSubcommand(new TokenCommand.New(context)))
                .addSubcommand(new ProduceCommand(context))
                .addSubcommand(new WriteCommand(context));
        command.getSubcommands()
                .values()
                .forEach(sub ->
                        sub.getCommandSpec().versionProvider(new Version()).addMixin("log", LogOptions.spec()));
        new Environment(environment).applyTo(command);
        return command.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler((failure, args) -> {
                    String name = failure.getCommandLine().getCommandSpec().qualifiedName();
                    tell(oneLine(failure.getMessage()) + " See: " + name + " --help", err);
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
            tell(message, err);
            return ExitCode.WRONG_USAGE;
        }
        if (!(cause instanceof TableException || cause instanceof IOException)) {
            log().error("This should not happen", cause);
        }
        // Of a file system's failures, the message is the path alone.
        boolean kind = cause.getMessage() == null || cause instanceof FileSystemException;
        tell(
                "Failed: "
                        + (kind
                                ? cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : " " + message)
                                : message),
                err);
        return ExitCode.FAILED;
    }

    /** The last word of a command that failed: a line of text, but where all of standard error is JSON. */
    private static void tell(String line, PrintStream err) {
        if (LogSetup.isJson()) {
            log().error(line);
        } else {
            err.println(line);
        }
    }

    /** Made when it is needed: the first logger settles how all look. */
    private static Logger log() {
        return LoggerFactory.getLogger(TidemarkCommand.class);
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
