package io.tidemark.views.stream;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.tail.PollInterval;
import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.RollUp;
import io.tidemark.views.maintain.Followed;
import io.tidemark.views.maintain.Recount;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.ViewState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology without a broker, by a clock of the test's own, and one replica of one table. */
final class DrivenCluster implements AutoCloseable {
    static final CubeSpec SPEC = new CubeSpec(
            Optional.of("ts"),
            List.of(new Dimension("channel", "channel"), new Dimension("type", "type")),
            Optional.of("session"));
    static final TableRef REF = new TableRef("t", 7);

    private static final Duration TICK = Duration.ofMillis(600);
    private static final int MOST_TICKS = 60;

    final StreamTopics topics = new StreamTopics("test", StreamTopics.Partitions.DEFAULT);
    final TestInputTopic<byte[], byte[]> contributions;
    final List<Applied> steps = new ArrayList<>();
    /** Every record that was sent to the replicas, in order. */
    final List<TestRecord<byte[], byte[]>> sent = new ArrayList<>();

    private final OpenTables tables;
    private final TopologyTestDriver driver;
    private final TestOutputTopic<byte[], byte[]> cube;
    private final TestInputTopic<byte[], byte[]> registry;
    private final Replica replica;

    DrivenCluster(Path directory) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        settings.put(
                StreamsConfig.STATE_DIR_CONFIG, directory.resolve("streams").toString());
        tables = new OpenTables(uri -> new LocalTableFiles(Path.of(uri)));
        driver = new TopologyTestDriver(
                StreamTopology.of(topics, tables, new InstanceStatistics(), PollInterval.fixed(Duration.ofMillis(500))),
                settings,
                Instant.now());
        ByteArraySerializer out = new ByteArraySerializer();
        ByteArrayDeserializer in = new ByteArrayDeserializer();
        contributions = driver.createInputTopic(topics.contributions(), out, out);
        registry = driver.createInputTopic(topics.tables(), out, out);
        cube = driver.createOutputTopic(topics.cube(), in, in);
        replica = new Replica(new TableEntry(REF, "t", SPEC), directory.resolve("replica"), 0);
        replica.listen(new ReplicaListener() {
            @Override
            public void onStep(Applied step) {
                steps.add(step);
            }

            @Override
            public void onStatus(TailStatus status) {}
        });
        replica.setCurrent(true, 0);
    }

    /** Says that a table is followed from now on. */
    DrivenCluster follow(Path root) {
        TableEntry entry = new TableEntry(REF, root.toString(), SPEC);
        registry.pipeInput(REF.key(), entry.encode());
        return this;
    }

    void unfollow() {
        registry.pipeInput(REF.key(), new TableEntry(REF, "t", SPEC).removed().encode());
        hear();
    }

    void say(Piece piece) {
        contributions.pipeInput(piece.table().key(), PieceCodec.encode(piece));
        hear();
    }

    /** What this instance's scans have counted. */
    KeyValueStore<Bytes, byte[]> ledger() {
        return driver.getKeyValueStore(ScanProcessor.STORE);
    }

    /** Lets time pass, and takes what was said. */
    void tick() {
        driver.advanceWallClockTime(TICK);
        hear();
    }

    /** Lets time pass until a version is shown. */
    void until(long version) {
        for (int i = 0; i < MOST_TICKS && shown() != version; i++) {
            tick();
        }
        if (shown() != version) {
            throw new AssertionError("Version " + shown() + " is shown, not " + version + ": " + status());
        }
    }

    private void hear() {
        while (!cube.isEmpty()) {
            TestRecord<byte[], byte[]> record = cube.readRecord();
            sent.add(record);
            CubeKey key = CubeKey.decode(record.key());
            if (key.table().equals(REF)) {
                replica.hear(key, record.value(), 0);
            }
        }
        replica.tick(0);
    }

    long shown() {
        return replica.store().state().map(ViewState::version).orElse(-1L);
    }

    ViewState state() {
        return replica.store().state().orElseThrow();
    }

    Replica replica() {
        return replica;
    }

    TailStatus status() {
        return replica.status();
    }

    Recount counts() {
        ViewState state = state();
        RollUp views = RollUp.of(SPEC, state.cube(), state.combinations(), Filter.ALL);
        return Followed.counts(views, state.distinct());
    }

    @Override
    public void close() {
        driver.close();
        replica.close();
        tables.close();
    }
}
