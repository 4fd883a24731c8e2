package io.tidemark.ingest.source;

import io.tidemark.ingest.generate.EventAppender;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The work of the {@code write} command. */
public final class Write {
    private Write() {}

    /**
     * Takes a topic into a table until told to stop. A topic that is not there yet is waited for.
     *
     * @param stop asked several times a second
     * @throws IllegalArgumentException for what the user should say otherwise; the message is one line
     * @throws IOException if Kafka or the table fails for good. Whoever starts it again loses and repeats nothing
     */
    public static void run(WriteOptions options, BooleanSupplier stop) throws IOException {
        try (Topics topics = new Topics(options.bootstrapServers())) {
            Optional<TopicName> topic = topics.await(options.topic(), stop);
            if (topic.isEmpty()) {
                return;
            }
            EventAppender table = EventAppender.open(options.configuration(), options.table());
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(settings(options), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                new TopicWriter(topic.get(), consumer, table, options.rule()).run(stop);
            }
        } catch (KafkaException e) {
            throw new IOException("Kafka at " + options.bootstrapServers() + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> settings(WriteOptions options) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                options.bootstrapServers(),
                ConsumerConfig.CLIENT_ID_CONFIG,
                "tidemark-write",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                // Offsets come from the table. One that is gone is a loss to be told, not to be passed over.
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false);
    }
}
