package io.tidemark.web.server;

import io.tidemark.web.config.ScanSettings;
import io.tidemark.web.export.ExportLimits;
import java.util.List;

/**
 * How to listen.
 *
 * @param port 0 picks a free one
 * @param tokens that clients must show one of; empty: no authentication
 * @param origins pages of which may read answers, besides our own
 * @param scans what full scans may use up
 * @param exports what downloads may use up
 */
public record ServerOptions(
        String host, int port, List<String> tokens, List<String> origins, ScanSettings scans, ExportLimits exports) {
    public ServerOptions {
        tokens = List.copyOf(tokens);
        origins = List.copyOf(origins);
    }

    /** With as many exports as the scans' settings say, or as this process can bear. */
    public ServerOptions(String host, int port, List<String> tokens, List<String> origins, ScanSettings scans) {
        this(host, port, tokens, origins, scans, exports(scans));
    }

    private static ExportLimits exports(ScanSettings scans) {
        ExportLimits standard = ExportLimits.standard();
        return scans.exports().isPresent()
                ? standard.withExports(scans.exports().getAsInt())
                : standard;
    }
}
