package io.tidemark.ingest.source;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Kafka for a topic, or to make one. */
final class Topics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final long PAUSE_MILLIS = 500;

    private final Admin admin;

    /** @throws IllegalArgumentException if the addresses are none; the message is for users */
    Topics(String bootstrapServers) {
        try {
            admin = Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        } catch (KafkaException e) {
            throw new IllegalArgumentException("KAFKA_BOOTSTRAP_SERVERS: '" + bootstrapServers
                    + "' has no address that can be used. Example: localhost:9092");
        }
    }

    /** Makes a topic unless it is there. */
    void make(String name, int partitions) throws IOException {
        try {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(partitions), Optional.empty())))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw failed(name, e.getCause());
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Waits for a topic; empty if it is time to stop before it is there. */
    Optional<TopicName> await(String name, BooleanSupplier stop) throws IOException {
        boolean told = false;
        while (!stop.getAsBoolean()) {
            try {
                var found = admin.describeTopics(List.of(name)).allTopicNames().get();
                return Optional.of(new TopicName(name, found.get(name).topicId().toString()));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failed(name, e.getCause());
                }
                if (!told) {
                    LOG.info("Topic {} is not there yet: waiting for it", name);
                    told = true;
                }
                pause();
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
        return Optional.empty();
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static IOException failed(String name, Throwable cause) {
        if (cause instanceof InvalidTopicException) {
            throw new IllegalArgumentException("--topic: '" + name + "' is not a name that a topic can have.");
        }
        return new IOException("Kafka does not give topic " + name + ": " + cause.getMessage(), cause);
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("Interrupted");
    }

    @Override
    public void close() {
        admin.close();
    }
}
