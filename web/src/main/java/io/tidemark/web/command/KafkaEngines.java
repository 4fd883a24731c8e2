package io.tidemark.web.command;

import io.tidemark.ingest.files.BlockCache;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.views.stream.Cluster;
import io.tidemark.views.stream.ClusterException;
import io.tidemark.views.stream.ClusterSettings;
import io.tidemark.views.stream.StreamTopics;
import io.tidemark.views.stream.TableEntry;
import io.tidemark.web.config.ClusterConfig;
import io.tidemark.web.config.ConfigException;
import io.tidemark.web.config.ServeConfig;
import io.tidemark.web.config.TableAddress;
import io.tidemark.web.engine.KafkaEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tables that a cluster follows, of which this process is an instance. */
final class KafkaEngines implements Engines {
    private final ServeConfig config;
    private final Path stateDir;
    private final Cluster cluster;
    private final List<KafkaEngine> engines = new ArrayList<>();

    private KafkaEngines(ServeConfig config, ClusterConfig of) {
        this.config = config;
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
            KafkaEngines engines = new KafkaEngines(config, cluster);
            try {
                engines.open(cache);
                return engines;
            } catch (RuntimeException e) {
                engines.close();
                throw e;
            }
        } catch (ClusterException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    private void open(Optional<BlockCache> cache) {
        cluster.startAnewAfterReset();
        for (TableAddress address : config.tables()) {
            TableFiles files = Tables.open(address.uri(), config.storage());
            try {
                TableEntry entry = cluster.add(address.name(), files.root().toString(), config.spec());
                Path directory = stateDir.resolve("replica").resolve(address.name());
                engines.add(new KafkaEngine(
                        cluster,
                        cluster.replica(entry, directory),
                        files,
                        Engines.cached(files, cache),
                        made(config.stateDirOf(address))));
            } catch (RuntimeException e) {
                files.close();
                throw e;
            }
        }
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
    public void start() {
        try {
            cluster.start();
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
