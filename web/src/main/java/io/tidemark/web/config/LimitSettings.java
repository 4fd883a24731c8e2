package io.tidemark.web.config;

import java.time.Duration;
import java.util.List;

/**
 * What clients may use up of the server. A client is the holder of a token by its name, or else an address.
 *
 * @param proxies networks whose {@code X-Forwarded-For} is believed: addresses, or with the number of bits, {@code 10.0.0.0/8}
 * @param loopback whether what is limited for each client is so for loopback addresses, too
 */
public record LimitSettings(
        Counts counts, Rates rates, Patience patience, Lengths lengths, List<String> proxies, boolean loopback) {
    public static final LimitSettings DEFAULT =
            new LimitSettings(Counts.DEFAULT, Rates.DEFAULT, Patience.DEFAULT, Lengths.DEFAULT, List.of(), false);

    public LimitSettings {
        proxies = List.copyOf(proxies);
    }

    /** @param ofOne the share of one client */
    public record Most(int inAll, int ofOne) {
        private static final int SHARE = 4;

        public Most {
            if (inAll < 1 || ofOne < 1) {
                throw new IllegalArgumentException("not above zero: " + inAll + ", " + ofOne);
            }
        }

        /** With a quarter for one client. */
        public static Most of(int inAll) {
            return new Most(inAll, Math.max(1, inAll / SHARE));
        }
    }

    /**
     * At once.
     *
     * @param sockets of a table: live sockets, sessions of SockJS and event streams
     * @param requests that are being answered, without those that are pushed to
     */
    public record Counts(Most connections, Most sockets, Most requests) {
        public static final Counts DEFAULT =
                new Counts(Most.of(OpenFiles.connections()), Most.of(20_000), Most.of(2_000));
    }

    /**
     * Of one client, and messages of one socket.
     *
     * @param sockets new ones
     * @param wrongTokens requests with tokens that are not good
     */
    public record Rates(Rate requests, Rate sockets, Rate messages, Rate wrongTokens) {
        /** Seconds' worth of each that may come at once. */
        public static final int BURST_SECONDS = 5;

        /** As many sockets at once as one client may have. */
        public static final int SOCKET_BURST_SECONDS = 10;

        public static final Rates DEFAULT =
                new Rates(new Rate(1_000, 5_000), new Rate(500, 5_000), new Rate(200, 1_000), new Rate(20, 100));
    }

    /**
     * Time after which a connection is closed.
     *
     * @param head in which the head of a request has to come, from its first byte on
     * @param body in which its body has to come
     * @param idle in which something has to come or be taken
     */
    public record Patience(Duration head, Duration body, Duration idle) {
        public static final Patience DEFAULT =
                new Patience(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(75));
    }

    /**
     * In bytes.
     *
     * @param line first line of a request: method and address
     * @param headers of a request together
     * @param message that a client sends over a live socket
     * @param unsent that may wait to be taken by all clients together; 0: half of the direct memory that this process may take
     */
    public record Lengths(int line, int headers, int message, long unsent) {
        public static final Lengths DEFAULT = new Lengths(16 << 10, 16 << 10, 64 << 10, 0);
    }

    public LimitSettings with(Counts other) {
        return new LimitSettings(other, rates, patience, lengths, proxies, loopback);
    }

    public LimitSettings with(Rates other) {
        return new LimitSettings(counts, other, patience, lengths, proxies, loopback);
    }

    public LimitSettings with(Patience other) {
        return new LimitSettings(counts, rates, other, lengths, proxies, loopback);
    }

    public LimitSettings with(Lengths other) {
        return new LimitSettings(counts, rates, patience, other, proxies, loopback);
    }

    /** Believing what these say of whom they ask for. */
    public LimitSettings behind(List<String> networks) {
        return new LimitSettings(counts, rates, patience, lengths, networks, loopback);
    }

    /** Limiting loopback addresses, too. */
    public LimitSettings forLoopback() {
        return new LimitSettings(counts, rates, patience, lengths, proxies, true);
    }
}
