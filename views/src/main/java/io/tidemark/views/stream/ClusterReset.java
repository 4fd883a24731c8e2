package io.tidemark.views.stream;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Forgets everything that a cluster keeps in Kafka: the tables, the views, the ledgers, and where it is. What Kafka's own reset tool
 * does, and the topics besides, since neither is of use without the other. What instances keep on their disks of it, they throw away
 * at their next start.
 */
final class ClusterReset implements AutoCloseable {
    private static final long GONE_NANOS = 30_000_000_000L;
    private static final long PAUSE_MILLIS = 100;

    private final Admin admin;
    private final StreamTopics topics;

    ClusterReset(Map<String, Object> settings, StreamTopics topics) {
        this.admin = Admin.create(settings);
        this.topics = topics;
    }

    /**
     * Forgets.
     *
     * @return the topics that were deleted, by name
     * @throws ClusterException if an instance is up
     */
    List<String> run() {
        int members = members();
        if (members > 0) {
            throw new ClusterException(
                    "The cluster '" + topics.cluster() + "' is at work: its group has " + members
                            + " members. Stop all instances first; one that was killed is a member for 10 s more.",
                    null);
        }
        Set<String> there = BrokerCall.join(() -> admin.listTopics().names().get());
        List<String> own = own().filter(there::contains).sorted().toList();
        BrokerCall.join(() -> admin.deleteTopics(own).all().get());
        try {
            BrokerCall.join(() ->
                    admin.deleteConsumerGroups(List.of(topics.cluster())).all().get());
        } catch (GroupIdNotFoundException e) {
            // There was none, or it went with its topics.
        }
        awaitGone(own);
        return own;
    }

    private Stream<String> own() {
        Stream<String> internal = Stream.of(TailProcessor.STORE, ScanProcessor.STORE, MergeProcessor.STORE)
                .map(store -> topics.cluster() + "-" + store + "-changelog");
        return Stream.concat(topics.all().stream().map(NewTopic::name), internal);
    }

    private int members() {
        try {
            Map<String, ConsumerGroupDescription> groups =
                    BrokerCall.join(() -> admin.describeConsumerGroups(List.of(topics.cluster()))
                            .all()
                            .get());
            return groups.values().stream()
                    .mapToInt(group -> group.members().size())
                    .sum();
        } catch (GroupIdNotFoundException e) {
            return 0;
        }
    }

    /** A topic that is deleted is there for a while. */
    private void awaitGone(List<String> names) {
        long deadline = System.nanoTime() + GONE_NANOS;
        while (BrokerCall.join(() -> admin.listTopics().names().get()).stream()
                .anyMatch(names.stream().collect(Collectors.toSet())::contains)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the topics " + names + " were not deleted in time");
            }
            BrokerCall.pause(PAUSE_MILLIS);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
