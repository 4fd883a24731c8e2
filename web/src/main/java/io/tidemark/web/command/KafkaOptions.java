package io.tidemark.web.command;

import io.tidemark.web.config.ClusterConfig;
import io.tidemark.web.config.ConfigException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Where Kafka is, and which cluster of Tidemark's is meant. */
final class KafkaOptions {
    private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern SERVERS = Pattern.compile("[^\\s,:/]+:\\d{1,5}(,[^\\s,:/]+:\\d{1,5})*");
    private static final int MOST = 1000;

    @Option(
            names = {"--kafka-bootstrap-servers", "--bootstrap-servers"},
            paramLabel = "HOST:PORT,…",
            description = "Kafka's brokers, for --engine kafka.")
    private String bootstrapServers;

    @Option(
            names = "--kafka-cluster",
            paramLabel = "NAME",
            defaultValue = "tidemark",
            description = "Instances with the same name share the work; topics begin with it.")
    private String cluster;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "Properties for Kafka's clients, as for TLS and SASL.")
    private Path file;

    @Option(
            names = "--kafka-partitions",
            paramLabel = "NUMBER",
            defaultValue = "12",
            description = "Files that all instances together may count at once; when the topics are made.")
    private int partitions;

    @Option(
            names = "--kafka-threads",
            paramLabel = "NUMBER",
            description = "Threads that work for the cluster; by default one more than there are processors.")
    private Integer threads;

    ClusterConfig config() {
        if (bootstrapServers == null) {
            throw new ConfigException("--engine kafka needs Kafka's brokers. Example: --kafka-bootstrap-servers"
                    + " localhost:9092, or KAFKA_BOOTSTRAP_SERVERS");
        }
        if (!SERVERS.matcher(bootstrapServers).matches()) {
            throw new ConfigException("--kafka-bootstrap-servers: '" + bootstrapServers
                    + "' is no list of brokers. Example: kafka-1:9092,kafka-2:9092");
        }
        if (!CLUSTER.matcher(cluster).matches()) {
            throw new ConfigException("--kafka-cluster: '" + cluster
                    + "' is no name: letters, digits, dashes and underscores, 64 at the most. Example: tidemark");
        }
        int byDefault = Runtime.getRuntime().availableProcessors() + 1;
        return new ClusterConfig(
                bootstrapServers,
                cluster,
                checked("--kafka-partitions", partitions),
                checked("--kafka-threads", threads == null ? byDefault : threads),
                file == null ? Map.of() : read(file));
    }

    private static int checked(String option, int number) {
        if (number < 1 || number > MOST) {
            throw new ConfigException(option + ": " + number + " is not a number from 1 to " + MOST + ".");
        }
        return number;
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(text);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException("--kafka-config: '" + file + "' cannot be read as properties ("
                    + e.getClass().getSimpleName() + "). Give a file of lines like security.protocol=SSL");
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }
}
