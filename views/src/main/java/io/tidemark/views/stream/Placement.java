package io.tidemark.views.stream;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Where the work of a cluster is, and where it is ready to go.
 *
 * @param standbys copies of each task's state on other instances, kept up to date so that they can take over at once
 * @param instance name of this instance, the same after a restart: then a restart moves no work; empty: none, so that an instance
 *     that goes down is replaced at once
 * @param rack where this instance is, by kind of place, such as {@code zone=a}: a standby goes to another place
 */
public record Placement(int standbys, Optional<String> instance, Map<String, String> rack) {
    /** Each instance alike, and no standbys. */
    public static final Placement ANYWHERE = new Placement(0, Optional.empty(), Map.of());

    public Placement {
        Objects.requireNonNull(instance, "instance");
        rack = Map.copyOf(rack);
    }

    /** As settings of Kafka Streams. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new TreeMap<>();
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbys);
        instance.ifPresent(
                name -> settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), name));
        rack.forEach((kind, place) -> settings.put(StreamsConfig.clientTagPrefix(kind), place));
        if (!rack.isEmpty()) {
            settings.put(
                    StreamsConfig.RACK_AWARE_ASSIGNMENT_TAGS_CONFIG,
                    String.join(",", rack.keySet().stream().sorted().toList()));
        }
        return settings;
    }
}
