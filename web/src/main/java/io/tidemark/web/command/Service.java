package io.tidemark.web.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.ingest.files.BlockCache;
import io.tidemark.ingest.source.TopicSignals;
import io.tidemark.web.config.CacheSettings;
import io.tidemark.web.config.ClusterConfig;
import io.tidemark.web.config.ConfigException;
import io.tidemark.web.config.NotifyTopic;
import io.tidemark.web.config.ServeConfig;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.live.HubLimits;
import io.tidemark.web.metrics.CacheMetrics;
import io.tidemark.web.metrics.ServiceMetrics;
import io.tidemark.web.server.Groundwork;
import io.tidemark.web.server.ServerOptions;
import io.tidemark.web.server.TidemarkServer;
import io.tidemark.web.wire.BucketEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A running service: tables that are followed, and the server in front of them. */
final class Service implements AutoCloseable {
    private final Engines engines;
    private TidemarkServer server;
    private TopicSignals notifications;

    private Service(Engines engines) {
        this.engines = engines;
    }

    /**
     * Opens the states, listens, says so, and begins to follow.
     *
     * @param cluster that this process is an instance of; empty: it works alone
     * @throws ConfigException if a table, a state directory, the cluster or the port cannot be used
     */
    static Service start(ServeConfig config, Optional<ClusterConfig> cluster, PrintStream out) {
        PrometheusMeterRegistry metrics = new ServiceMetrics();
        Optional<BlockCache> cache = config.cache().map(settings -> cache(settings, metrics));
        Groundwork groundwork = Groundwork.begin(config.spec(), metrics);
        Service service;
        try {
            service = new Service(cluster.map(of -> KafkaEngines.join(config, of, cache))
                    .orElseGet(() -> Engines.embedded(config, cache)));
        } catch (RuntimeException e) {
            groundwork.close();
            throw e;
        }
        try {
            service.run(config, cluster, metrics, groundwork, out);
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    private void run(
            ServeConfig config,
            Optional<ClusterConfig> cluster,
            PrometheusMeterRegistry metrics,
            Groundwork groundwork,
            PrintStream out) {
        server = new TidemarkServer(
                new ServerOptions(config.host(), config.port(), List.of(), config.origins(), config.scans())
                        .letting(config.access())
                        .posting(config.webhooks())
                        .secured(config.tls())
                        .limited(config.limits())
                        .amongst(cluster.flatMap(ClusterConfig::peers)),
                engines.tables(),
                metrics,
                HubLimits.DEFAULT.with(config.limits()),
                groundwork);
        int port = listen(config);
        String tables = engines.tables().stream().map(LiveTable::uri).collect(Collectors.joining(", "));
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        out.println("Tidemark is serving " + tables + " at " + (config.tls().isPresent() ? "https" : "http") + "://"
                + host + ":" + port + "/");
        out.flush();
        listenToPeers();
        engines.start(server);
        config.notifyTopic().ifPresent(this::wakeAtEventsOf);
    }

    private void wakeAtEventsOf(NotifyTopic topic) {
        notifications = TopicSignals.start(topic.servers(), topic.topic(), events -> {
            for (LiveTable table : engines.tables()) {
                URI root = URI.create(table.uri());
                if (events.stream().anyMatch(event -> BucketEvent.mayConcern(root, event))) {
                    table.wake();
                }
            }
        });
    }

    private static BlockCache cache(CacheSettings settings, MeterRegistry metrics) {
        try {
            BlockCache cache = new BlockCache(settings.dir(), settings.bytes());
            CacheMetrics.register(metrics, cache);
            return cache;
        } catch (IOException e) {
            throw new ConfigException("--cache-dir: '" + settings.dir() + "' cannot be used: "
                    + e.getClass().getSimpleName() + ". Give a folder that can be written to.");
        }
    }

    private int listen(ServeConfig config) {
        try {
            return server.start();
        } catch (BindException e) {
            boolean taken = String.valueOf(e.getMessage()).contains("in use");
            throw new ConfigException(
                    taken
                            ? "Port " + config.port() + " of " + config.host()
                                    + " is in use. Choose another one with --port; --port 0 picks a free one."
                            : "Port " + config.port() + " of " + config.host() + " cannot be listened on: "
                                    + e.getMessage() + ". Choose others with --host and --port.");
        }
    }

    private void listenToPeers() {
        try {
            server.startPeers().ifPresent(engines::reachedAt);
        } catch (BindException e) {
            throw new ConfigException("--peer-listen: this address cannot be listened on: " + e.getMessage()
                    + ". Choose another one; port 0 picks a free one.");
        }
    }

    @Override
    public void close() {
        if (notifications != null) {
            notifications.close();
        }
        if (server != null) {
            server.close();
        }
        engines.close();
    }
}
