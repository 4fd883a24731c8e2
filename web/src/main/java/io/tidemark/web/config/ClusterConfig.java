package io.tidemark.web.config;

import java.util.Map;

/**
 * Which cluster this process is an instance of.
 *
 * @param bootstrapServers of Kafka
 * @param name of the cluster, which its topics begin with
 * @param partitions of topics that are not there yet: of file changes
 * @param threads that count files, follow logs and merge
 * @param more settings of Kafka's clients
 */
public record ClusterConfig(
        String bootstrapServers, String name, int partitions, int threads, Map<String, String> more) {
    public ClusterConfig {
        more = Map.copyOf(more);
    }

    /** Without settings that may hold passwords. */
    @Override
    public String toString() {
        return "ClusterConfig[" + bootstrapServers + ", " + name + ", partitions=" + partitions + ", threads=" + threads
                + ", more=" + more.keySet() + "]";
    }
}
