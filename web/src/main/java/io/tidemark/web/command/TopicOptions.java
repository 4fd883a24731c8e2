package io.tidemark.web.command;

import io.tidemark.web.config.ConfigException;
import picocli.CommandLine.Option;

/** Which topic, and where. */
final class TopicOptions {
    @Option(
            names = "--kafka-bootstrap-servers",
            paramLabel = "HOST:PORT,…",
            description = "Kafka, without encryption or authentication.")
    private String bootstrapServers;

    @Option(names = "--topic", paramLabel = "NAME", defaultValue = "events", description = "Topic of the events.")
    private String topic;

    String bootstrapServers() {
        if (bootstrapServers == null) {
            throw new ConfigException(
                    "No Kafka is given. Example: --kafka-bootstrap-servers localhost:9092, or KAFKA_BOOTSTRAP_SERVERS");
        }
        return bootstrapServers;
    }

    String topic() {
        return topic;
    }
}
