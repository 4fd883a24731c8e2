package io.tidemark.views.stream;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the topics of a cluster, by ourselves and with everything said: what a broker makes of its own accord loses records. */
final class TopicSetup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);
    private static final long READY_NANOS = 20_000_000_000L;
    private static final long PAUSE_MILLIS = 50;

    private final Admin admin;
    private final StreamTopics topics;

    /**
     * The topics as they are.
     *
     * @param filePartitions partitions of the file changes
     * @param life id of the registry's topic: another one after a reset
     */
    record Found(int filePartitions, String life) {}

    TopicSetup(Map<String, Object> settings, StreamTopics topics) {
        this.admin = Admin.create(settings);
        this.topics = topics;
    }

    /**
     * Makes what is missing. The number of partitions of topics that are there stays as it is.
     *
     * @return what was found
     * @throws ClusterException if topics that belong together do not have the same number of partitions
     */
    Found ensure() {
        Set<String> there = BrokerCall.join(() -> admin.listTopics().names().get());
        List<NewTopic> missing = topics.all().stream()
                .filter(topic -> !there.contains(topic.name()))
                .toList();
        for (NewTopic topic : missing) {
            try {
                BrokerCall.join(() -> admin.createTopics(List.of(topic)).all().get());
            } catch (TopicExistsException e) {
                // Another instance was quicker.
            }
        }
        Map<String, TopicDescription> all = described();
        check(all);
        return new Found(
                all.get(topics.fileChanges()).partitions().size(),
                all.get(topics.tables()).topicId().toString());
    }

    /** All topics, once every broker knows them: a topic that was made a moment ago is not there yet for some. */
    private Map<String, TopicDescription> described() {
        List<String> names = topics.all().stream().map(NewTopic::name).toList();
        long deadline = System.nanoTime() + READY_NANOS;
        while (true) {
            try {
                Map<String, TopicDescription> all = BrokerCall.join(
                        () -> admin.describeTopics(names).allTopicNames().get());
                if (all.values().stream()
                        .allMatch(topic -> topic.partitions().stream().allMatch(part -> part.leader() != null))) {
                    return all;
                }
            } catch (UnknownTopicOrPartitionException e) {
                LOG.debug("Not all topics are there yet", e);
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the topics " + names + " have no leaders");
            }
            BrokerCall.pause(PAUSE_MILLIS);
        }
    }

    private void check(Map<String, TopicDescription> all) {
        int tables = all.get(topics.tables()).partitions().size();
        int progress = all.get(topics.progress()).partitions().size();
        if (tables != progress) {
            throw new ClusterException(
                    "The topics " + topics.tables() + " and " + topics.progress() + " have " + tables + " and "
                            + progress + " partitions; it has to be the same number. " + Remedies.RESET,
                    null);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
