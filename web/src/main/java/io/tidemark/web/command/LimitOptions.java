package io.tidemark.web.command;

import io.tidemark.web.config.ConfigException;
import io.tidemark.web.config.Durations;
import io.tidemark.web.config.Exposure;
import io.tidemark.web.config.LimitSettings;
import io.tidemark.web.config.LimitSettings.Counts;
import io.tidemark.web.config.LimitSettings.Lengths;
import io.tidemark.web.config.LimitSettings.Most;
import io.tidemark.web.config.LimitSettings.Patience;
import io.tidemark.web.config.LimitSettings.Rates;
import io.tidemark.web.config.Rate;
import io.tidemark.web.config.Sizes;
import io.tidemark.web.limits.Clients;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** What clients may use up of the server. */
final class LimitOptions {
    private static final int MOST = 1_000_000;
    private static final int LONGEST = 1 << 20;
    private static final Duration LEAST_IDLE = Duration.ofSeconds(30);

    @Option(
            names = "--max-connections",
            paramLabel = "NUMBER",
            description = "Connections that may be open; one more is answered with 503. By default 25000, or three"
                    + " quarters of the files that this process may open.")
    private Integer connections;

    @Option(
            names = "--max-connections-per-client",
            paramLabel = "NUMBER",
            description = "Of these, those of one address; by default a quarter.")
    private Integer connectionsOfOne;

    @Option(
            names = "--max-sockets",
            paramLabel = "NUMBER",
            defaultValue = "20000",
            description = "Live sockets and event streams of a table; one more is closed with 1013.")
    private int sockets;

    @Option(
            names = "--max-sockets-per-client",
            paramLabel = "NUMBER",
            description = "Of these, those of one address; by default a quarter.")
    private Integer socketsOfOne;

    @Option(
            names = "--max-requests",
            paramLabel = "NUMBER",
            defaultValue = "2000",
            description = "Requests that may be answered at once; one more is answered with 503.")
    private int requests;

    @Option(
            names = "--max-requests-per-client",
            paramLabel = "NUMBER",
            description = "Of these, those of one client, a token or an address; by default a quarter.")
    private Integer requestsOfOne;

    @Option(
            names = "--request-rate",
            paramLabel = "NUMBER",
            defaultValue = "1000",
            description =
                    "Requests a second of one client, five times as many at once; more are answered with 429. 0: no limit.")
    private String requestRate;

    @Option(
            names = "--socket-rate",
            paramLabel = "NUMBER",
            defaultValue = "500",
            description = "New live sockets a second of one client, ten times as many at once. 0: no limit.")
    private String socketRate;

    @Option(
            names = "--message-rate",
            paramLabel = "NUMBER",
            defaultValue = "200",
            description =
                    "Messages a second of one live socket, five times as many at once; with more it is closed. 0: no limit.")
    private String messageRate;

    @Option(
            names = "--wrong-token-rate",
            paramLabel = "NUMBER",
            defaultValue = "20",
            description =
                    "Wrong tokens a second of one address, five times as many at once; then none is looked at. 0: no limit.")
    private String wrongTokenRate;

    @Option(
            names = "--head-timeout",
            paramLabel = "TIME",
            defaultValue = "20s",
            description = "Time in which the head of a request has to come.")
    private String head;

    @Option(
            names = "--body-timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "Time in which the body of a request has to come.")
    private String body;

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            defaultValue = "75s",
            description = "A connection on which nothing comes or is taken for so long is closed; at least 30s.")
    private String idle;

    @Option(
            names = "--max-url",
            paramLabel = "SIZE",
            defaultValue = "16KB",
            description = "Length of the first line of a request; a longer one is answered with 414.")
    private String line;

    @Option(
            names = "--max-headers",
            paramLabel = "SIZE",
            defaultValue = "16KB",
            description = "Length of all headers of a request; longer ones are answered with 431.")
    private String headers;

    @Option(
            names = "--max-message",
            paramLabel = "SIZE",
            defaultValue = "64KB",
            description = "Length of a message to the live socket; with a longer one it is closed.")
    private String message;

    @Option(
            names = "--max-unsent",
            paramLabel = "SIZE",
            description =
                    "What may wait to be taken by all clients together; beyond, those who leave most are cut off. By default"
                            + " half of the direct memory (-XX:MaxDirectMemorySize).")
    private String unsent;

    @Option(
            names = "--trusted-proxy",
            paramLabel = "NETWORK",
            description = "Addresses of proxies whose X-Forwarded-For says who a client is: 10.0.0.0/8. Repeatable.")
    private List<String> proxies;

    @Option(names = "--limit-loopback", description = "Limit what one client may do for loopback addresses, too.")
    private boolean loopback;

    LimitSettings settings() {
        Counts byDefault = LimitSettings.DEFAULT.counts();
        LimitSettings settings = new LimitSettings(
                new Counts(
                        most(
                                "--max-connections",
                                connections == null ? byDefault.connections().inAll() : connections,
                                connectionsOfOne),
                        most("--max-sockets", sockets, socketsOfOne),
                        most("--max-requests", requests, requestsOfOne)),
                new Rates(
                        Rate.parse("--request-rate", requestRate, Rates.BURST_SECONDS),
                        Rate.parse("--socket-rate", socketRate, Rates.SOCKET_BURST_SECONDS),
                        Rate.parse("--message-rate", messageRate, Rates.BURST_SECONDS),
                        Rate.parse("--wrong-token-rate", wrongTokenRate, Rates.BURST_SECONDS)),
                new Patience(Durations.parse("--head-timeout", head), Durations.parse("--body-timeout", body), idle()),
                new Lengths(
                        length("--max-url", line),
                        length("--max-headers", headers),
                        length("--max-message", message),
                        unsent == null
                                ? LimitSettings.DEFAULT.lengths().unsent()
                                : Sizes.parse("--max-unsent", unsent)),
                Exposure.tokens(proxies == null ? "" : String.join(",", proxies)),
                loopback);
        // Refuses what is no network.
        Clients unused = new Clients(settings.proxies(), settings.loopback());
        return settings;
    }

    private static Most most(String option, int inAll, Integer ofOne) {
        checked(option, inAll);
        return ofOne == null ? Most.of(inAll) : new Most(inAll, checked(option + "-per-client", ofOne));
    }

    private static int checked(String option, int number) {
        if (number < 1 || number > MOST) {
            throw new ConfigException(option + ": " + number + " is not a number from 1 to " + MOST + ".");
        }
        return number;
    }

    private Duration idle() {
        Duration parsed = Durations.parse("--idle-timeout", idle);
        if (parsed.compareTo(LEAST_IDLE) < 0) {
            throw new ConfigException("--idle-timeout: '" + idle
                    + "' is less than 30s: live sockets show a sign of life every 20 seconds.");
        }
        return parsed;
    }

    private static int length(String option, String text) {
        long bytes = Sizes.parse(option, text);
        if (bytes < 1024 || bytes > LONGEST) {
            throw new ConfigException(option + ": '" + text + "' is not between 1KB and 1MB.");
        }
        return (int) bytes;
    }
}
