package io.tidemark.web.server;

import io.tidemark.web.config.ScanSettings;
import io.tidemark.web.config.WebhookSettings;
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
 * @param webhooks to which alerts are posted
 */
public record ServerOptions(
        String host,
        int port,
        List<String> tokens,
        List<String> origins,
        ScanSettings scans,
        ExportLimits exports,
        List<WebhookSettings> webhooks) {
    public ServerOptions {
        tokens = List.copyOf(tokens);
        origins = List.copyOf(origins);
        webhooks = List.copyOf(webhooks);
    }

    /** Without webhooks. */
    public ServerOptions(
            String host,
            int port,
            List<String> tokens,
            List<String> origins,
            ScanSettings scans,
            ExportLimits exports) {
        this(host, port, tokens, origins, scans, exports, List.of());
    }

    /** With webhooks. */
    public ServerOptions posting(List<WebhookSettings> to) {
        return new ServerOptions(host, port, tokens, origins, scans, exports, to);
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
