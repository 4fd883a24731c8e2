package io.tidemark.views.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The topic {@code tables} from its beginning, as far as it was read. For one thread. */
final class RegistryLines {
    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<String, TableEntry> entries = new TreeMap<>();

    /** @param consumer that reads only what is committed; it is the caller's to close */
    RegistryLines(Consumer<byte[], byte[]> consumer, StreamTopics topics) {
        this.consumer = consumer;
        this.partitions = consumer.partitionsFor(topics.tables()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Where each partition ends now. */
    Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(partitions);
    }

    boolean isReadTo(Map<TopicPartition, Long> ends) {
        return partitions.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition));
    }

    void read(Duration wait) {
        consumer.poll(wait).forEach(this::take);
    }

    /** The last line of each name, removed tables among them. */
    Map<String, TableEntry> byName() {
        return entries;
    }

    /** Those that are followed, by name. */
    List<TableEntry> followed() {
        return entries.values().stream().filter(TableEntry::followed).toList();
    }

    private void take(ConsumerRecord<byte[], byte[]> line) {
        String name = new String(line.key(), StandardCharsets.UTF_8);
        if (line.value() == null) {
            entries.remove(name);
        } else {
            entries.put(name, TableEntry.decode(line.value()));
        }
    }
}
