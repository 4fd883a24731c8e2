package io.tidemark.web.command;

import io.tidemark.views.stream.Placement;
import io.tidemark.web.config.ClusterConfig;
import io.tidemark.web.config.ConfigException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Where Kafka is, and which cluster of Tidemark's is meant. */
final class KafkaOptions {
    private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern SERVERS = Pattern.compile("[^\\s,:/]+:\\d{1,5}(,[^\\s,:/]+:\\d{1,5})*");
    private static final Pattern KIND = Pattern.compile("[A-Za-z0-9_-]{1,20}");
    private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9_-]{1,30}");
    private static final int MOST = 1000;
    private static final int MOST_STANDBYS = 10;

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

    @Option(
            names = "--kafka-standbys",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "Instances that keep a copy of each other's state, to take over at once.")
    private int standbys;

    @Option(
            names = "--kafka-instance",
            paramLabel = "NAME",
            description =
                    "A name of this instance's own, the same after a restart: a quick restart then moves no work.")
    private String instance;

    @Option(
            names = "--kafka-rack",
            paramLabel = "KIND=PLACE,…",
            split = ",",
            description = "Where this instance is, as zone=a: standbys are kept in another place.")
    private Map<String, String> rack = Map.of();

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
                placement(),
                file == null ? Map.of() : read(file),
                Optional.empty());
    }

    private Placement placement() {
        if (standbys < 0 || standbys > MOST_STANDBYS) {
            throw new ConfigException(
                    "--kafka-standbys: " + standbys + " is not a number from 0 to " + MOST_STANDBYS + ".");
        }
        if (instance != null && !CLUSTER.matcher(instance).matches()) {
            throw new ConfigException("--kafka-instance: '" + instance
                    + "' is no name: letters, digits, dashes and underscores, 64 at the most. Example: tidemark-0");
        }
        rack.forEach((kind, place) -> {
            if (!KIND.matcher(kind).matches() || !PLACE.matcher(place).matches()) {
                throw new ConfigException("--kafka-rack: '" + kind + "=" + place
                        + "' is no place: short words of letters, digits, dashes and underscores. Example: zone=a");
            }
        });
        return new Placement(standbys, Optional.ofNullable(instance), rack);
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
