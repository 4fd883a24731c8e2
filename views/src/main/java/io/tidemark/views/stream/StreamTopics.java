package io.tidemark.views.stream;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The topics of one cluster, and how they are made.
 *
 * @param cluster name of the cluster, which their names begin with
 * @param partitions of {@code file-changes}: as many scans go on at once, over all instances; and of the others: as many tables
 */
public record StreamTopics(String cluster, Partitions partitions) {
    /** Longest record: an hour's block, or the metadata of a wide table. Contributions are cut far below it. */
    static final int MAX_RECORD_BYTES = 16 << 20;

    private static final String WEEK = String.valueOf(7L * 24 * 3600 * 1000);
    private static final String HOUR = String.valueOf(3600L * 1000);
    private static final String DAY = String.valueOf(24L * 3600 * 1000);

    /**
     * @param files of the topic of file changes
     * @param tables of the topics that are by table
     */
    public record Partitions(int files, int tables) {
        public static final Partitions DEFAULT = new Partitions(12, 4);
    }

    /** The registry: which tables are followed. */
    public String tables() {
        return cluster + "-tables";
    }

    /** From the tail to the scans. */
    public String fileChanges() {
        return cluster + "-file-changes";
    }

    /** From the scans, and the tail, to the merge. */
    public String contributions() {
        return cluster + "-contributions";
    }

    /** From the merge back to the tail: how far it is. */
    public String progress() {
        return cluster + "-progress";
    }

    /** From the merge to every instance. */
    public String cube() {
        return cluster + "-cube";
    }

    /** All of them, as they are to be made; the number of replicas is the broker's to say. */
    List<NewTopic> all() {
        return List.of(
                topic(tables(), partitions.tables(), kept()),
                topic(progress(), partitions.tables(), kept()),
                topic(cube(), partitions.tables(), kept()),
                topic(contributions(), partitions.tables(), passing()),
                topic(fileChanges(), partitions.files(), passing()));
    }

    private static NewTopic topic(String name, int partitions, Map<String, String> settings) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
    }

    /** The newest value of every key, for ever. What is newer than an hour is not touched: readers that are up see every step. */
    private static Map<String, String> kept() {
        return settings(Map.of(
                "cleanup.policy", "compact",
                "min.compaction.lag.ms", HOUR,
                "max.compaction.lag.ms", DAY,
                "delete.retention.ms", DAY));
    }

    /** Everything, for a week: a cluster that stood still for longer has to begin anew. */
    private static Map<String, String> passing() {
        return settings(Map.of("cleanup.policy", "delete", "retention.ms", WEEK));
    }

    private static Map<String, String> settings(Map<String, String> own) {
        Map<String, String> settings = new TreeMap<>(own);
        settings.put("max.message.bytes", String.valueOf(MAX_RECORD_BYTES));
        // The cluster's own clocks decide what is late, not the broker's.
        settings.put("message.timestamp.type", "CreateTime");
        return settings;
    }
}
