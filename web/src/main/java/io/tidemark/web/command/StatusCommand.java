package io.tidemark.web.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks a running service how a table is doing. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Asks a running service how its table is doing, and says it on one screen. Exits with 1 if the table is"
                        + " stale, failed, or not there.",
        footer = "%nTIDEMARK_AUTH_TOKENS holds the bearer token for --url.")
final class StatusCommand implements Callable<Integer> {
    private final Context context;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080/",
            description = "Address of the service; with /t/NAME/ of one of several tables.")
    private String url;

    StatusCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        ServiceStatus status = ServiceStatus.fetch(ServiceAddress.service(url, context));
        status.text().forEach(context.out()::println);
        return status.isWell() ? ExitCode.DONE : ExitCode.DIFFERENT;
    }
}
