package io.tidemark.web.server;

import io.tidemark.web.config.ScanSettings;
import java.util.List;

/**
 * How to listen.
 *
 * @param port 0 picks a free one
 * @param tokens that clients must show one of; empty: no authentication
 * @param scans what full scans may use up
 */
public record ServerOptions(String host, int port, List<String> tokens, ScanSettings scans) {
    public ServerOptions {
        tokens = List.copyOf(tokens);
    }
}
