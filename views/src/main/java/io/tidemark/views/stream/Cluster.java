package io.tidemark.views.stream;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.query.FileLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as an instance of a cluster: it does its share of the work on all tables of the registry, and holds replicas of
 * those that it serves.
 */
public final class Cluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final Duration CLOSE = Duration.ofSeconds(20);

    private final ClusterSettings settings;
    private final ClientSettings clients;
    private final OpenTables tables;
    private final InstanceStatistics statistics = new InstanceStatistics();
    private final List<Replica> replicas = new CopyOnWriteArrayList<>();
    /** One for all that there were at the start, and one for each that came later. */
    private final List<ReplicaThread> readers = new CopyOnWriteArrayList<>();

    private RegistryThread registryThread; // null: nobody asked for it, or not started
    private volatile KafkaStreams streams; // null: not started
    private Optional<String> address = Optional.empty();
    private int filePartitions;
    private String life;

    private Cluster(ClusterSettings settings, OpenTables.Opener opener) {
        this.settings = settings;
        this.clients = new ClientSettings(settings);
        this.tables = new OpenTables(opener);
    }

    /**
     * Finds Kafka, and makes the topics that are not there.
     *
     * @throws ClusterException if Kafka cannot be reached, or its topics are not as they have to be
     */
    public static Cluster join(ClusterSettings settings, OpenTables.Opener opener) {
        Cluster cluster = new Cluster(settings, opener);
        cluster.failing("reached", () -> {
            try (TopicSetup setup = new TopicSetup(cluster.clients.admin(), settings.topics())) {
                TopicSetup.Found found = setup.ensure();
                cluster.filePartitions = found.filePartitions();
                cluster.life = found.life();
            }
            return null;
        });
        return cluster;
    }

    /**
     * Forgets everything that a cluster keeps in Kafka, its tables too.
     *
     * @return the topics that were deleted
     * @throws ClusterException if an instance of it is up, or Kafka cannot be reached
     */
    public static List<String> reset(ClusterSettings settings) {
        Cluster cluster = new Cluster(settings, uri -> {
            throw new IllegalArgumentException("no table is opened for a reset");
        });
        try (cluster) {
            return cluster.failing("reset", () -> {
                try (ClusterReset reset = new ClusterReset(cluster.clients.admin(), settings.topics())) {
                    return reset.run();
                }
            });
        }
    }

    /** Throws away what this instance keeps of a life that the cluster had before it was reset; before anything is opened. */
    public void startAnewAfterReset() {
        LocalState.startIn(settings.stateDir(), life);
    }

    /** The tables that the cluster follows, by name. */
    public List<TableEntry> tables() {
        return failing("read", () -> registry().entries());
    }

    /**
     * Makes sure that a table is followed.
     *
     * @throws ClusterException if another table is followed under the name, or the same one with other columns
     */
    public TableEntry add(String name, String uri, CubeSpec spec) {
        return failing("written", () -> registry().add(name, uri, spec));
    }

    /** Makes a table one that is followed no longer; false if it was not. */
    public boolean remove(String name) {
        return failing("written", () -> registry().remove(name));
    }

    private Registry registry() {
        return new Registry(settings.topics(), clients);
    }

    private interface Call<T> {
        T run();
    }

    private <T> T failing(String done, Call<T> call) {
        try {
            return call.run();
        } catch (ConfigException e) {
            throw new ClusterException("--kafka-bootstrap-servers: " + e.getMessage(), e);
        } catch (KafkaException e) {
            Throwable cause = e.getCause() instanceof ConfigException ? e.getCause() : e;
            throw new ClusterException(
                    "Kafka at " + settings.bootstrapServers() + " cannot be " + done + " ("
                            + cause.getMessage()
                            + "). Check --kafka-bootstrap-servers (KAFKA_BOOTSTRAP_SERVERS), and that the broker runs.",
                    e);
        }
    }

    /**
     * A replica of a table, to be filled from {@link #start} on, or else from {@link #fill}.
     *
     * @param directory for it alone
     * @throws io.tidemark.views.store.StateException if the directory cannot be used
     */
    public Replica replica(TableEntry entry, Path directory) {
        Replica replica = new Replica(entry, directory, System.nanoTime());
        replicas.add(replica);
        return replica;
    }

    /** Begins to fill a replica that was not there at the start. */
    public void fill(Replica replica) {
        failing("read", () -> {
            read(List.of(replica), "replica-" + replica.entry().ref().name());
            return null;
        });
    }

    private void read(List<Replica> some, String name) {
        ReplicaThread reader = new ReplicaThread(new KafkaConsumer<>(clients.reader(name)), settings.topics(), some);
        readers.add(reader);
        reader.start();
    }

    /** Closes a replica: its table is not served here any more. */
    public void drop(Replica replica) {
        replicas.remove(replica);
        readers.forEach(reader -> reader.forget(replica));
        readers.stream().filter(ReplicaThread::isIdle).forEach(reader -> {
            readers.remove(reader);
            reader.close();
        });
        replica.close();
    }

    public InstanceStatistics statistics() {
        return statistics;
    }

    /** Says where other instances reach this one, as {@code host:port}; before the start. */
    public void reachedAt(String hostAndPort) {
        address = Optional.of(hostAndPort);
    }

    /**
     * Which instance has which file of all tables, as of now. An instance that does no work for the cluster has none itself, and
     * asks nobody.
     *
     * @throws io.tidemark.views.query.ScanPeerException while tasks move from one instance to another, and so nobody knows
     */
    public FileOwners owners() {
        return FileOwners.of(streams, settings.topics().fileChanges(), filePartitions, address);
    }

    /** What this instance's scans have counted of a table's files. */
    public FileLedger ledger(TableEntry entry) {
        return new LedgerReader(() -> streams, entry.ref(), filePartitions);
    }

    /**
     * Begins to work, and to fill the replicas.
     *
     * @param listener is told of tables that are added and removed from now on; may make replicas, {@link #fill} and {@link #drop} them
     * @throws ClusterException if the state directory cannot be used
     */
    public void start(RegistryListener listener) {
        failing("read", () -> {
            if (!replicas.isEmpty()) {
                read(List.copyOf(replicas), "replica");
            }
            registryThread = new RegistryThread(
                    new KafkaConsumer<>(clients.patientReader("registry")), settings.topics(), listener);
            registryThread.start();
            return null;
        });
        try {
            streams = new KafkaStreams(
                    StreamTopology.of(settings.topics(), tables, statistics, settings.pollInterval()),
                    clients.streams(address));
            streams.setUncaughtExceptionHandler(this::failed);
            streams.start();
        } catch (StreamsException e) {
            throw new ClusterException(
                    "The state directory " + settings.stateDir() + " cannot be used (" + e.getMessage()
                            + "). Give each instance a --state-dir of its own.",
                    e);
        }
    }

    /** A thread that failed is replaced: its transaction was taken back, and what it did is done again. */
    private StreamThreadExceptionResponse failed(Throwable failure) {
        Optional<RecordFormatException> format = formatOf(failure);
        if (format.isPresent()) {
            LOG.error(
                    "This instance stops working for the cluster: {}",
                    format.get().getMessage());
            replicas.forEach(replica ->
                    LOG.error("[{}] served as it is", replica.entry().ref().name()));
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error("A thread of the cluster failed, and is replaced", failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static Optional<RecordFormatException> formatOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordFormatException format) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** Hands its tasks over to the other instances, unless it has a name and will be back; then closes the replicas. */
    @Override
    public void close() {
        if (registryThread != null) {
            registryThread.close();
        }
        if (streams != null) {
            streams.close(CloseOptions.timeout(CLOSE)
                    .withGroupMembershipOperation(
                            settings.placement().instance().isPresent()
                                    ? GroupMembershipOperation.REMAIN_IN_GROUP
                                    : GroupMembershipOperation.LEAVE_GROUP));
        }
        readers.forEach(ReplicaThread::close);
        replicas.forEach(Replica::close);
        tables.close();
    }
}
