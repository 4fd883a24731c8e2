package io.tidemark.web.server;

import io.tidemark.web.config.AccessSettings;
import io.tidemark.web.config.LimitSettings;
import io.tidemark.web.config.PeerSettings;
import io.tidemark.web.config.ScanSettings;
import io.tidemark.web.config.TlsFiles;
import io.tidemark.web.config.WebhookSettings;
import io.tidemark.web.export.ExportLimits;
import java.util.List;
import java.util.Optional;

/**
 * How to listen.
 *
 * @param port 0 picks a free one
 * @param access who is let in
 * @param origins pages of which may read answers, besides our own
 * @param scans what full scans may use up
 * @param exports what downloads may use up
 * @param webhooks to which alerts are posted
 * @param tls empty: plain HTTP
 * @param limits what clients may use up
 * @param peers how other instances of a cluster are asked; empty: there are none, or they are not asked
 */
public record ServerOptions(
        String host,
        int port,
        AccessSettings access,
        List<String> origins,
        ScanSettings scans,
        ExportLimits exports,
        List<WebhookSettings> webhooks,
        Optional<TlsFiles> tls,
        LimitSettings limits,
        Optional<PeerSettings> peers) {
    public ServerOptions {
        origins = List.copyOf(origins);
        webhooks = List.copyOf(webhooks);
    }

    /** Without webhooks and TLS, within the usual limits. */
    public ServerOptions(
            String host,
            int port,
            List<String> tokens,
            List<String> origins,
            ScanSettings scans,
            ExportLimits exports) {
        this(
                host,
                port,
                AccessSettings.ofTokens(tokens),
                origins,
                scans,
                exports,
                List.of(),
                Optional.empty(),
                LimitSettings.DEFAULT,
                Optional.empty());
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

    /** Posting alerts to webhooks. */
    public ServerOptions posting(List<WebhookSettings> to) {
        return new ServerOptions(host, port, access, origins, scans, exports, to, tls, limits, peers);
    }

    /** Letting in others. */
    public ServerOptions letting(AccessSettings in) {
        return new ServerOptions(host, port, in, origins, scans, exports, webhooks, tls, limits, peers);
    }

    /** With TLS, if there are files. */
    public ServerOptions secured(Optional<TlsFiles> by) {
        return new ServerOptions(host, port, access, origins, scans, exports, webhooks, by, limits, peers);
    }

    /** Within other limits. */
    public ServerOptions limited(LimitSettings by) {
        return new ServerOptions(host, port, access, origins, scans, exports, webhooks, tls, by, peers);
    }

    /** As an instance of a cluster. */
    public ServerOptions amongst(Optional<PeerSettings> others) {
        return new ServerOptions(host, port, access, origins, scans, exports, webhooks, tls, limits, others);
    }
}
