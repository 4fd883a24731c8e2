package io.tidemark.web.config;

import io.tidemark.views.stream.Placement;
import java.util.Map;
import java.util.Optional;

/**
 * Which cluster this process is an instance of.
 *
 * @param bootstrapServers of Kafka
 * @param name of the cluster, which its topics begin with
 * @param partitions of topics that are not there yet: of file changes
 * @param threads that count files, follow logs and merge
 * @param placement where its work is
 * @param more settings of Kafka's clients
 * @param peers how it asks the other instances; empty: it does not
 */
public record ClusterConfig(
        String bootstrapServers,
        String name,
        int partitions,
        int threads,
        Placement placement,
        Map<String, String> more,
        Optional<PeerSettings> peers) {
    public ClusterConfig {
        more = Map.copyOf(more);
    }

    /** The same, asking other instances. */
    public ClusterConfig asking(Optional<PeerSettings> others) {
        return new ClusterConfig(bootstrapServers, name, partitions, threads, placement, more, others);
    }

    /** Without settings that may hold passwords. */
    @Override
    public String toString() {
        return "ClusterConfig[" + bootstrapServers + ", " + name + ", partitions=" + partitions + ", threads=" + threads
                + ", more=" + more.keySet() + "]";
    }
}
