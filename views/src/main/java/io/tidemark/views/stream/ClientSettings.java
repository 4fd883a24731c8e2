package io.tidemark.views.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/** How Kafka's clients are set up; why, is said in {@code docs/design/cluster.md}. */
final class ClientSettings {
    /** An instance that is killed is missed after so long. */
    private static final int SESSION_MILLIS = 10_000;

    private static final int HEARTBEAT_MILLIS = 2_000;
    /**
     * A transaction of a killed instance is given up after so long, and holds up whoever reads behind it until then. It is also
     * the time in which a step must be said or taken.
     */
    private static final int TRANSACTION_MILLIS = 20_000;
    /** A file may take so long to be counted. */
    private static final int MOST_BETWEEN_POLLS_MILLIS = 15 * 60_000;

    private static final int COMMIT_MILLIS = 100;
    /** Also how late a tick of the tail may be. */
    private static final int POLL_MILLIS = 50;

    private final ClusterSettings settings;

    ClientSettings(ClusterSettings settings) {
        this.settings = settings;
    }

    Map<String, Object> admin() {
        Map<String, Object> admin = common();
        admin.put(CommonClientConfigs.CLIENT_ID_CONFIG, settings.cluster() + "-admin");
        admin.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 15_000);
        admin.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000);
        return withMore(admin);
    }

    /** Reads what is committed, in a group of its own that remembers nothing. */
    Map<String, Object> reader(String name) {
        Map<String, Object> reader = common();
        reader.put(CommonClientConfigs.CLIENT_ID_CONFIG, settings.cluster() + "-" + name);
        reader.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        reader.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        reader.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        reader.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        reader.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        reader.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        return withMore(reader);
    }

    /** The same, of what seldom changes: the broker holds its answer back for longer. */
    Map<String, Object> patientReader(String name) {
        Map<String, Object> reader = reader(name);
        reader.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 5_000);
        return withMore(reader);
    }

    Map<String, Object> writer() {
        Map<String, Object> writer = common();
        writer.put(CommonClientConfigs.CLIENT_ID_CONFIG, settings.cluster() + "-registry");
        writer.put(ProducerConfig.ACKS_CONFIG, "all");
        writer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        writer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 15_000);
        writer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        writer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return withMore(writer);
    }

    /** @param address where other instances reach this one; empty: nowhere */
    Properties streams(Optional<String> address) {
        Map<String, Object> streams = common();
        streams.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.cluster());
        streams.put(
                StreamsConfig.STATE_DIR_CONFIG,
                settings.stateDir().resolve("streams").toString());
        streams.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        address.ifPresent(own -> streams.put(StreamsConfig.APPLICATION_SERVER_CONFIG, own));
        streams.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        streams.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        streams.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
        streams.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StreamStores.class);
        streams.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MILLIS);
        streams.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), HEARTBEAT_MILLIS);
        streams.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG), MOST_BETWEEN_POLLS_MILLIS);
        streams.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_MILLIS);
        streams.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), StreamTopics.MAX_RECORD_BYTES);
        // What waits for more to be sent with it is not sent at once.
        streams.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        streams.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        streams.put(StreamsConfig.topicPrefix("max.message.bytes"), String.valueOf(StreamTopics.MAX_RECORD_BYTES));
        streams.putAll(settings.placement().settings());
        Properties properties = new Properties();
        properties.putAll(withMore(streams));
        return properties;
    }

    private Map<String, Object> common() {
        Map<String, Object> common = new HashMap<>();
        common.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        return common;
    }

    private Map<String, Object> withMore(Map<String, Object> own) {
        own.putAll(settings.more());
        return own;
    }
}
