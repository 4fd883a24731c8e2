package io.tidemark.views.stream;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics of a cluster, by ourselves and with everything said: what a broker makes of its own accord loses records. */
final class TopicSetup implements AutoCloseable {
    private final Admin admin;
    private final StreamTopics topics;

    TopicSetup(Map<String, Object> settings, StreamTopics topics) {
        this.admin = Admin.create(settings);
        this.topics = topics;
    }

    /**
     * Makes what is missing. The number of partitions of topics that are there stays as it is.
     *
     * @throws ClusterException if topics that belong together do not have the same number of partitions
     */
    void ensure() {
        Set<String> there = join(() -> admin.listTopics().names().get());
        List<NewTopic> missing = topics.all().stream()
                .filter(topic -> !there.contains(topic.name()))
                .toList();
        for (NewTopic topic : missing) {
            try {
                join(() -> admin.createTopics(List.of(topic)).all().get());
            } catch (TopicExistsException e) {
                // Another instance was quicker.
            }
        }
        check();
    }

    private void check() {
        List<String> names = topics.all().stream().map(NewTopic::name).toList();
        Map<String, Integer> partitions =
                join(() -> admin.describeTopics(names).allTopicNames().get()).values().stream()
                        .collect(Collectors.toMap(
                                TopicDescription::name,
                                topic -> topic.partitions().size()));
        if (!partitions.get(topics.tables()).equals(partitions.get(topics.progress()))) {
            throw new ClusterException(
                    "The topics " + topics.tables() + " and " + topics.progress() + " have "
                            + partitions.get(topics.tables()) + " and " + partitions.get(topics.progress())
                            + " partitions; it has to be the same number. " + Remedies.RESET,
                    null);
        }
    }

    private interface Call<T> {
        T run() throws ExecutionException, InterruptedException;
    }

    private static <T> T join(Call<T> call) {
        try {
            return call.run();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
