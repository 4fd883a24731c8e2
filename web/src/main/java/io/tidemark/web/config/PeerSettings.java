package io.tidemark.web.config;

import java.util.Optional;

/**
 * How the instances of a cluster ask one another.
 *
 * @param host to listen on for other instances
 * @param port 0 picks a free one
 * @param address where other instances reach this one, {@code host:port}; empty: where it listens
 * @param token that all instances know, and nobody else
 */
public record PeerSettings(String host, int port, Optional<String> address, String token) {
    private static final int LEAST_TOKEN = 16;

    public PeerSettings {
        if (token.length() < LEAST_TOKEN) {
            throw new ConfigException("TIDEMARK_CLUSTER_TOKEN is too short: " + token.length()
                    + " characters. Draw one by lot, of at least " + LEAST_TOKEN + ", the same on every instance.");
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "PeerSettings[" + host + ":" + port + ", " + address + "]";
    }
}
