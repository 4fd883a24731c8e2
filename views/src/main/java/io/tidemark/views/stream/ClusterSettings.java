package io.tidemark.views.stream;

import io.tidemark.ingest.tail.PollInterval;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * What an instance of a cluster must know.
 *
 * @param bootstrapServers of Kafka: {@code host:port}, with commas between
 * @param cluster name of the cluster: letters, digits, dashes and underscores; topics begin with it
 * @param stateDir of this instance alone
 * @param threads that count files, follow logs and merge
 * @param pollInterval pause before an unchanged table is asked again
 * @param partitions of topics that are not there yet
 * @param placement where its work is
 * @param more settings of Kafka's clients, for security above all; they win over ours
 */
public record ClusterSettings(
        String bootstrapServers,
        String cluster,
        Path stateDir,
        int threads,
        PollInterval pollInterval,
        StreamTopics.Partitions partitions,
        Placement placement,
        Map<String, String> more) {
    public ClusterSettings {
        Objects.requireNonNull(bootstrapServers, "bootstrapServers");
        Objects.requireNonNull(cluster, "cluster");
        more = Map.copyOf(more);
    }

    StreamTopics topics() {
        return new StreamTopics(cluster, partitions);
    }

    /** Without settings that may hold passwords. */
    @Override
    public String toString() {
        return "ClusterSettings[" + bootstrapServers + ", " + cluster + "]";
    }
}
