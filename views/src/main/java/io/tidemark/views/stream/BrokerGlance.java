package io.tidemark.views.stream;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;

/**
 * Whether Kafka can be reached with some settings, and what it has of a cluster's topics. Nothing is made.
 *
 * @param brokers that there are
 * @param topics of the cluster that are there
 * @param missing topics, which the first instance makes
 */
public record BrokerGlance(int brokers, int topics, int missing) {
    /** Who looks is waiting for the answer. */
    private static final int MOST_MILLIS = 10_000;

    /** @throws ClusterException if it cannot be reached; the message is for users */
    public static BrokerGlance of(ClusterSettings settings) {
        Map<String, Object> clients = new ClientSettings(settings).admin();
        clients.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, MOST_MILLIS);
        clients.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, MOST_MILLIS);
        try (Admin admin = Admin.create(clients)) {
            int brokers = admin.describeCluster().nodes().get().size();
            Set<String> there = admin.listTopics().names().get();
            int found = (int) settings.topics().all().stream()
                    .map(NewTopic::name)
                    .filter(there::contains)
                    .count();
            return new BrokerGlance(brokers, found, settings.topics().all().size() - found);
        } catch (ExecutionException | KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            throw new ClusterException(
                    "Kafka at " + settings.bootstrapServers() + " cannot be reached (" + why + ").", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("Interrupted while Kafka was asked.", e);
        }
    }
}
