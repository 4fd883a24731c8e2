package io.tidemark.web.command;

import io.tidemark.ingest.files.HadoopUser;
import io.tidemark.ingest.log.TableException;
import io.tidemark.views.store.NativeCode;
import io.tidemark.views.store.StateException;
import io.tidemark.web.config.ConfigException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
    private static final Set<String> SERVING = Set.of("demo", "serve");

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
        HadoopUser.nameIfNameless(environment.get("HADOOP_USER_NAME"));
        String first = arguments.length > 0 ? arguments[0] : "";
        if (SERVING.contains(first)) {
            NativeCode.loadAhead();
        }
        return commandLine(first, environment, out, err).execute(arguments);
    }

    /**
     * The commands with their options.
     *
     * @param first what the command line begins with: if it is a command's name, the others are left out, since looking at all
     *     their options takes a tenth of a start
     */
    static CommandLine commandLine(String first, Map<String, String> environment, PrintStream out, PrintStream err) {
        Map<String, Supplier<Object>> commands = commands(new Context(environment, out));
        if (commands.containsKey(first)) {
            commands.keySet().retainAll(Set.of(first));
        }
        CommandLine command = new CommandLine(new TidemarkCommand());
        commands.values().forEach(each -> command.addSubcommand(each.get()));
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

    /** By name, in the order of the help text. */
    private static Map<String, Supplier<Object>> commands(Context context) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("demo", () -> new DemoCommand(context));
        commands.put("serve", () -> new ServeCommand(context));
        commands.put("doctor", () -> new DoctorCommand(context));
        commands.put("status", () -> new StatusCommand(context));
        commands.put("generate", () -> new GenerateCommand(context));
        commands.put("tables", () -> new TablesCommand(context));
        commands.put("verify", () -> new VerifyCommand(context));
        commands.put("token", () -> new CommandLine(new TokenCommand()).addSubcommand(new TokenCommand.New(context)));
        commands.put("produce", () -> new ProduceCommand(context));
        commands.put("write", () -> new WriteCommand(context));
        return commands;
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
