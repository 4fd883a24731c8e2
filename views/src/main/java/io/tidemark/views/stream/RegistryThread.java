package io.tidemark.views.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the registry as long as the process runs, and tells of it: never of what it said on the way to what it says now. */
final class RegistryThread implements ConsumerThread.Reader, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryThread.class);
    private static final Duration POLL = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final StreamTopics topics;
    private final RegistryListener listener;
    private final Map<String, TableEntry> entries = new TreeMap<>();
    private final ConsumerThread thread;

    private List<TopicPartition> partitions;
    private List<TableEntry> told; // null: nothing was

    /** @param consumer that reads only what is committed; used by the thread alone from now on, and closed by it */
    RegistryThread(Consumer<byte[], byte[]> consumer, StreamTopics topics, RegistryListener listener) {
        this.consumer = consumer;
        this.topics = topics;
        this.listener = listener;
        this.thread = new ConsumerThread("tidemark-registry", consumer, this);
    }

    void start() {
        thread.start();
    }

    @Override
    public void begin() {
        partitions = Registry.partitions(consumer, topics);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    @Override
    public void turn() {
        consumer.poll(POLL).forEach(this::take);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        if (partitions.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition))) {
            tell();
        }
    }

    @Override
    public void ended(Throwable why) {
        LOG.error("Tables that are added or removed are not noticed any more: restart the instance", why);
    }

    private void take(ConsumerRecord<byte[], byte[]> line) {
        String name = new String(line.key(), StandardCharsets.UTF_8);
        if (line.value() == null) {
            entries.remove(name);
        } else {
            entries.put(name, TableEntry.decode(line.value()));
        }
    }

    private void tell() {
        List<TableEntry> now =
                entries.values().stream().filter(TableEntry::followed).toList();
        if (!now.equals(told)) {
            try {
                listener.follows(now);
                told = now;
            } catch (RuntimeException e) {
                LOG.warn("Not all tables of the cluster are served here, and it is tried again: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
