package io.tidemark.web.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.ingest.files.BlockCache;
import io.tidemark.ingest.files.CachedFiles;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.source.TopicSignals;
import io.tidemark.web.config.CacheSettings;
import io.tidemark.web.config.ConfigException;
import io.tidemark.web.config.NotifyTopic;
import io.tidemark.web.config.ServeConfig;
import io.tidemark.web.config.TableAddress;
import io.tidemark.web.engine.EmbeddedEngine;
import io.tidemark.web.live.HubLimits;
import io.tidemark.web.metrics.CacheMetrics;
import io.tidemark.web.server.ServerOptions;
import io.tidemark.web.server.TidemarkServer;
import io.tidemark.web.wire.BucketEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A running service: tables that are followed, and the server in front of them. */
final class Service implements AutoCloseable {
    private static final long HEAP_OF_A_SCAN = 128L << 20;
    private static final int MOST_REMOTE_SCANS = 16;

    private final List<EmbeddedEngine> engines = new ArrayList<>();
    private TidemarkServer server;
    private TopicSignals notifications;

    private Service() {}

    /**
     * Opens the states, listens, says so, and begins to follow.
     *
     * @throws ConfigException if a table, a state directory or the port cannot be used
     */
    static Service start(ServeConfig config, PrintStream out) {
        Service service = new Service();
        try {
            service.run(config, out);
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    private void run(ServeConfig config, PrintStream out) {
        PrometheusMeterRegistry metrics = metrics();
        Optional<BlockCache> cache = config.cache().map(settings -> cache(settings, metrics));
        for (TableAddress table : config.tables()) {
            TableFiles files = Tables.open(table.uri(), config.storage());
            TableFiles scanned = cache.filter(kept -> files.storeRequests().isPresent())
                    .<TableFiles>map(kept -> new CachedFiles(files, kept))
                    .orElse(files);
            engines.add(EmbeddedEngine.open(table.name(), files, scanned, config.stateDirOf(table), config.spec()));
        }
        server = new TidemarkServer(
                new ServerOptions(config.host(), config.port(), List.of(), config.origins(), config.scans())
                        .letting(config.access())
                        .posting(config.webhooks())
                        .secured(config.tls()),
                engines,
                metrics,
                HubLimits.DEFAULT);
        int port = listen(config);
        String tables = engines.stream().map(EmbeddedEngine::uri).collect(Collectors.joining(", "));
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        out.println("Tidemark is serving " + tables + " at " + (config.tls().isPresent() ? "https" : "http") + "://"
                + host + ":" + port + "/");
        out.flush();
        engines.forEach(
                engine -> engine.start(scanThreads(engine.storeRequests().isPresent()), config.pollInterval()));
        config.notifyTopic().ifPresent(this::wakeAtEventsOf);
    }

    private void wakeAtEventsOf(NotifyTopic topic) {
        notifications = TopicSignals.start(topic.servers(), topic.topic(), events -> {
            for (EmbeddedEngine engine : engines) {
                URI root = URI.create(engine.uri());
                if (events.stream().anyMatch(event -> BucketEvent.mayConcern(root, event))) {
                    engine.wake();
                }
            }
        });
    }

    /** One for each processor; more where they wait for a store most of the time, as far as there is memory for what they hold. */
    private static int scanThreads(boolean objectStore) {
        int processors = Math.max(1, Runtime.getRuntime().availableProcessors());
        long bearable = Runtime.getRuntime().maxMemory() / HEAP_OF_A_SCAN;
        return objectStore ? (int) Math.max(processors, Math.min(MOST_REMOTE_SCANS, bearable)) : processors;
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

    private static PrometheusMeterRegistry metrics() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        return registry;
    }

    @Override
    public void close() {
        if (notifications != null) {
            notifications.close();
        }
        if (server != null) {
            server.close();
        }
        engines.forEach(EmbeddedEngine::close);
    }
}
