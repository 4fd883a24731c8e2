package io.tidemark.views.stream;

import io.tidemark.ingest.tail.PollInterval;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Tail, scan and merge, joined by topics: three kinds of tasks, that Kafka spreads over the instances. */
final class StreamTopology {
    private final StreamTopics topics;
    private final ByteArraySerializer out = new ByteArraySerializer();
    private final ByteArrayDeserializer in = new ByteArrayDeserializer();

    private StreamTopology(StreamTopics topics) {
        this.topics = topics;
    }

    static Topology of(
            StreamTopics topics, OpenTables tables, InstanceStatistics statistics, PollInterval pollInterval) {
        return new StreamTopology(topics).build(tables, statistics, pollInterval);
    }

    private Topology build(OpenTables tables, InstanceStatistics statistics, PollInterval pollInterval) {
        ByTable byTable = new ByTable();
        return new Topology()
                .addSource("tables", in, in, topics.tables(), topics.progress())
                .addProcessor("tail", () -> new TailProcessor(topics, tables, pollInterval), "tables")
                .addStateStore(store(TailProcessor.STORE), "tail")
                .addSink(TailProcessor.TO_FILES, topics.fileChanges(), out, out, new ByFile(), "tail")
                .addSink(TailProcessor.TO_PIECES, topics.contributions(), out, out, "tail")
                .addSink(TailProcessor.TO_CUBE, topics.cube(), out, out, byTable, "tail")
                .addSource("file-changes", in, in, topics.fileChanges())
                .addProcessor("scan", () -> new ScanProcessor(tables, statistics), "file-changes")
                .addStateStore(store(ScanProcessor.STORE), "scan")
                .addSink("scan-to-contributions", topics.contributions(), out, out, "scan")
                .addSource("contributions", in, in, topics.contributions())
                .addProcessor("merge", MergeProcessor::new, "contributions")
                .addStateStore(store(MergeProcessor.STORE), "merge")
                .addSink(MergeProcessor.TO_CUBE, topics.cube(), out, out, byTable, "merge")
                .addSink(MergeProcessor.TO_PROGRESS, topics.progress(), out, out, "merge");
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of("max.message.bytes", String.valueOf(StreamTopics.MAX_RECORD_BYTES)));
    }
}
