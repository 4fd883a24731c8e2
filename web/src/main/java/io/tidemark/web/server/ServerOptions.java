package io.tidemark.web.server;

import java.util.List;

/**
 * How to listen.
 *
 * @param port 0 picks a free one
 * @param tokens that clients must show one of; empty: no authentication
 */
public record ServerOptions(String host, int port, List<String> tokens) {
    public ServerOptions {
        tokens = List.copyOf(tokens);
    }
}
