package io.tidemark.views.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the registry as long as the process runs, and tells of it: never of what it said on the way to what it says now. */
final class RegistryThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryThread.class);
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final long CLOSE_MILLIS = 10_000;
    private static final long PAUSE_MILLIS = 1_000;

    private final Consumer<byte[], byte[]> consumer;
    private final StreamTopics topics;
    private final RegistryListener listener;
    private final Map<String, TableEntry> entries = new TreeMap<>();
    private final Thread thread = new Thread(this::run, "tidemark-registry");

    private List<TableEntry> told; // null: nothing was
    private volatile boolean stopped;

    /** @param consumer that reads only what is committed; used by the thread alone from now on, and closed by it */
    RegistryThread(Consumer<byte[], byte[]> consumer, StreamTopics topics, RegistryListener listener) {
        this.consumer = consumer;
        this.topics = topics;
        this.listener = listener;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try (consumer) {
            List<TopicPartition> partitions = Registry.partitions(consumer, topics);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!stopped) {
                turn(partitions);
            }
        } catch (WakeupException e) {
            // Closed.
        } catch (RuntimeException | Error e) {
            if (!stopped) {
                LOG.error("Tables that are added or removed are not noticed any more: restart the instance", e);
            }
        }
    }

    private void turn(List<TopicPartition> partitions) {
        try {
            consumer.poll(POLL).forEach(this::take);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            if (partitions.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition))) {
                tell();
            }
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warn("Kafka does not answer: {}", e.getMessage());
            pause();
        }
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

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped = true;
        consumer.wakeup();
        try {
            if (thread.isAlive()) {
                thread.join(CLOSE_MILLIS);
            } else {
                consumer.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
