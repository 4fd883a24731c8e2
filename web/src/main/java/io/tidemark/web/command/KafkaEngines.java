package io.tidemark.web.command;

import io.tidemark.ingest.files.BlockCache;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.views.stream.Cluster;
import io.tidemark.views.stream.ClusterException;
import io.tidemark.views.stream.ClusterSettings;
import io.tidemark.views.stream.Replica;
import io.tidemark.views.stream.StreamTopics;
import io.tidemark.views.stream.TableEntry;
import io.tidemark.web.config.ClusterConfig;
import io.tidemark.web.config.ConfigException;
import io.tidemark.web.config.ServeConfig;
import io.tidemark.web.config.TableAddress;
import io.tidemark.web.engine.KafkaEngine;
import io.tidemark.web.server.TidemarkServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tables that a cluster follows, of which this process is an instance. */
final class KafkaEngines implements Engines {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaEngines.class);

    private final ServeConfig config;
    private final Path stateDir;
    private final Cluster cluster;
    private final Optional<BlockCache> cache;
    private final List<KafkaEngine> engines = new CopyOnWriteArrayList<>();

    private KafkaEngines(ServeConfig config, ClusterConfig of, Optional<BlockCache> cache) {
        this.config = config;
        this.cache = cache;
        this.stateDir = config.stateDir().resolve("kafka");
        this.cluster = Cluster.join(settings(config, of, stateDir), uri -> Tables.open(uri, config.storage()));
    }

    static ClusterSettings settings(ServeConfig config, ClusterConfig of, Path stateDir) {
        return new ClusterSettings(
                of.bootstrapServers(),
                of.name(),
                stateDir,
                of.threads(),
                config.pollInterval(),
                new StreamTopics.Partitions(of.partitions(), StreamTopics.Partitions.DEFAULT.tables()),
                of.placement(),
                of.more());
    }

    /**
     * Joins the cluster, and says which tables are to be followed.
     *
     * @throws ConfigException if that cannot be
     */
    static Engines join(ServeConfig config, ClusterConfig cluster, Optional<BlockCache> cache) {
        try {
            KafkaEngines engines = new KafkaEngines(config, cluster, cache);
            try {
                engines.open();
                return engines;
            } catch (RuntimeException e) {
                engines.close();
                throw e;
            }
        } catch (ClusterException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    private void open() {
        cluster.startAnewAfterReset();
        for (TableAddress address : config.tables()) {
            TableFiles files = Tables.open(address.uri(), config.storage());
            try {
                open(cluster.add(address.name(), files.root().toString(), config.spec()), files);
            } catch (RuntimeException e) {
                files.close();
                throw e;
            }
        }
    }

    private KafkaEngine open(TableEntry entry, TableFiles files) {
        String name = entry.ref().name();
        Path folder = made(folderOf(name));
        Replica replica = cluster.replica(entry, stateDir.resolve("replica").resolve(name));
        KafkaEngine engine = new KafkaEngine(cluster, replica, files, Engines.cached(files, cache), folder);
        engines.add(engine);
        return engine;
    }

    /** Where that is kept of a table which is not in Kafka. */
    private Path folderOf(String name) {
        return config.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .map(config::stateDirOf)
                .orElseGet(() -> config.stateDir().resolve(name));
    }

    /** Serves what the cluster follows: lets go of what was removed, opens what was added. */
    private void follow(List<TableEntry> entries, TidemarkServer server) {
        for (KafkaEngine engine : engines) {
            if (!entries.contains(engine.entry())) {
                LOG.info("[{}] The cluster follows it no longer", engine.name());
                engines.remove(engine);
                server.remove(engine);
                engine.leave();
            }
        }
        List<TableEntry> news = entries.stream()
                .filter(entry ->
                        engines.stream().noneMatch(engine -> engine.entry().equals(entry)))
                .toList();
        RuntimeException failure = null;
        for (TableEntry entry : news) {
            try {
                begin(entry, server);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void begin(TableEntry entry, TidemarkServer server) {
        TableFiles files = Tables.open(entry.uri(), config.storage());
        KafkaEngine engine;
        try {
            engine = open(entry, files);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
        LOG.info("[{}] The cluster follows it: {}", engine.name(), engine.uri());
        server.add(engine);
        engine.fill();
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ConfigException("The state directory " + folder + " cannot be made ("
                    + e.getClass().getSimpleName() + "). Give a writable --state-dir.");
        }
    }

    @Override
    public List<KafkaEngine> tables() {
        return engines;
    }

    @Override
    public void reachedAt(String hostAndPort) {
        cluster.reachedAt(hostAndPort);
    }

    @Override
    public void start(TidemarkServer server) {
        try {
            cluster.start(entries -> follow(entries, server));
        } catch (ClusterException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    @Override
    public void close() {
        cluster.close();
        engines.forEach(KafkaEngine::close);
    }
}
