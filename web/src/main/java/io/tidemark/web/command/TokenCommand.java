package io.tidemark.web.command;

import io.tidemark.web.access.TokenLine;
import io.tidemark.web.config.ConfigException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "token", mixinStandardHelpOptions = true, description = "Makes tokens for --auth-tokens-file.")
final class TokenCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new ConfigException("Say what to do: token new --name NAME --role view. See: tidemark token new --help");
    }

    @Command(
            name = "new",
            mixinStandardHelpOptions = true,
            description =
                    "Draws a token. Prints it, once, and the line to add to the file: of the token it holds a hash only.")
    static final class New implements Callable<Integer> {
        private final Context context;

        @Option(names = "--name", paramLabel = "NAME", description = "Whose token it is.")
        private String name;

        @Option(
                names = "--role",
                paramLabel = "ROLE,…",
                defaultValue = "view",
                description = "view, export or admin; each may do what those before it may.")
        private String role;

        @Option(
                names = "--expires",
                paramLabel = "INSTANT",
                description = "When it ends, such as 2027-01-01T00:00:00Z; never if not given.")
        private String expires;

        New(Context context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            if (name == null) {
                throw new ConfigException(
                        "A token needs a name. Example: tidemark token new --name grafana --role view");
            }
            try {
                TokenLine.Fresh fresh = TokenLine.draw(name, role, Optional.ofNullable(expires));
                context.out().println("token: " + fresh.token());
                context.out().println("line:  " + fresh.line().text());
            } catch (ConfigException e) {
                throw new ConfigException("token new: " + e.getMessage() + ".");
            }
            return ExitCode.DONE;
        }
    }
}
