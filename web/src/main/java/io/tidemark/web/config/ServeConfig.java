package io.tidemark.web.config;

import io.tidemark.ingest.tail.PollInterval;
import io.tidemark.views.cube.CubeSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that {@code serve} can be told, read once.
 *
 * @param tables at least one, names distinct; the first also has the paths without a prefix
 * @param stateDir of the one table; of several, each has a folder of its name in it
 * @param port 0 picks a free port
 * @param pollInterval pause after the log had nothing new
 * @param spec which columns the cube is over; the same for all tables
 * @param scans what full scans may use up
 * @param cache of data files for full scans; empty: they are read from the store each time
 * @param access who is let in
 * @param origins pages of which may read answers, besides our own; as {@code Origin} headers have them
 * @param webhooks to which alerts are posted
 * @param notifyTopic whose messages say that something was written; empty: none
 * @param tls empty: plain HTTP
 * @param limits what clients may use up of the server
 * @param storage environment of the object stores: {@code AWS_*}, as delta-rs has it
 */
public record ServeConfig(
        List<TableAddress> tables,
        Path stateDir,
        String host,
        int port,
        PollInterval pollInterval,
        CubeSpec spec,
        ScanSettings scans,
        Optional<CacheSettings> cache,
        AccessSettings access,
        List<String> origins,
        List<WebhookSettings> webhooks,
        Optional<NotifyTopic> notifyTopic,
        Optional<TlsFiles> tls,
        LimitSettings limits,
        Map<String, String> storage) {

    public ServeConfig {
        tables = List.copyOf(tables);
        origins = List.copyOf(origins);
        webhooks = List.copyOf(webhooks);
        storage = Map.copyOf(storage);
    }

    /** Where the state of one of the tables lies. */
    public Path stateDirOf(TableAddress table) {
        return tables.size() == 1 ? stateDir : stateDir.resolve(table.name());
    }

    /** Without tokens and credentials. */
    @Override
    public String toString() {
        return "ServeConfig[tables=" + tables + ", stateDir=" + stateDir + ", host=" + host + ", port=" + port
                + ", pollInterval=" + pollInterval + ", spec=" + spec + ", scans=" + scans + ", cache=" + cache
                + ", access=" + access + ", origins=" + origins + ", webhooks=" + webhooks + ", tls=" + tls
                + ", limits=" + limits + "]";
    }
}
