package io.tidemark.web.command;

import io.tidemark.ingest.tail.PollInterval;
import io.tidemark.web.config.AccessSettings;
import io.tidemark.web.config.ConfigException;
import io.tidemark.web.config.Durations;
import io.tidemark.web.config.Exposure;
import java.util.List;
import picocli.CommandLine.Option;

/** How to listen, and how to follow. */
final class ListenOptions {
    private static final int MAX_PORT = 65535;

    @Option(names = "--host", paramLabel = "HOST", defaultValue = "127.0.0.1", description = "Address to listen on.")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port to listen on; 0 picks a free one.")
    private int port;

    @Option(
            names = "--cors-origin",
            paramLabel = "ORIGIN",
            description = "Pages of this origin may read answers, too: https://dashboard.example.com. Repeatable.")
    private List<String> origins;

    @Option(names = "--insecure", description = "Listen on other addresses than loopback without authentication.")
    private boolean insecure;

    @Option(
            names = "--poll-interval",
            paramLabel = "TIME",
            defaultValue = "auto",
            description =
                    "Pause before an unchanged table is asked again; auto: between 100ms and 5s, as suits its writer.")
    private String pollInterval;

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    List<String> origins() {
        return Exposure.origins(origins == null ? List.of() : origins);
    }

    PollInterval pollInterval() {
        return pollInterval.strip().equals("auto")
                ? PollInterval.ADAPTIVE
                : PollInterval.fixed(Durations.parse("--poll-interval", pollInterval));
    }

    /** Refuses what cannot or should not be. */
    void check(AccessSettings access) {
        if (port < 0 || port > MAX_PORT) {
            throw new ConfigException(
                    "--port: " + port + " is not a port. Choose one from 1 to " + MAX_PORT + ", or 0 for a free one.");
        }
        Exposure.check(host, access, insecure);
    }
}
