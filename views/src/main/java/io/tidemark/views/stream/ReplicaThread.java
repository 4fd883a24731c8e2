package io.tidemark.views.stream;

import io.tidemark.views.store.StateException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic {@code cube}, only what is committed, into the replicas of this process, from its beginning. Each partition is
 * first read to the end that it has, since what is in its older part is not of one version any more.
 */
final class ReplicaThread implements ConsumerThread.Reader, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaThread.class);
    private static final Duration POLL = Duration.ofMillis(500);
    /** Who is so far behind may find what was compacted meanwhile. */
    private static final long BEHIND_MILLIS = 30 * 60_000L;

    /** In place of an end that is still to be asked for. */
    private static final long UNKNOWN = -1;

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, List<Replica>> replicas;
    /** Where each partition ended when it was last found to be behind; none: it is current. */
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    private final ConsumerThread thread;

    /** @param consumer that reads only what is committed; used by the thread alone from now on, and closed by it */
    ReplicaThread(Consumer<byte[], byte[]> consumer, StreamTopics topics, List<Replica> replicas) {
        this.consumer = consumer;
        int partitions = consumer.partitionsFor(topics.cube()).size();
        this.replicas = replicas.stream()
                .collect(Collectors.groupingBy(
                        replica -> new TopicPartition(
                                topics.cube(), ByTable.partition(replica.entry().ref(), partitions)),
                        Collectors.toCollection(CopyOnWriteArrayList::new)));
        this.thread = new ConsumerThread("tidemark-replica", consumer, this);
    }

    void start() {
        thread.start();
    }

    @Override
    public void begin() {
        consumer.assign(replicas.keySet());
        consumer.seekToBeginning(replicas.keySet());
        replicas.keySet().forEach(partition -> ends.put(partition, UNKNOWN));
    }

    /** Nothing that was read is lost where Kafka does not answer: all of it was taken. */
    @Override
    public void turn() {
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            synchronized (this) {
                for (TopicPartition partition : records.partitions()) {
                    requireRecent(partition, records.records(partition));
                    records.records(partition).forEach(this::take);
                }
                catchUp();
            }
        } finally {
            tick();
        }
    }

    private synchronized void tick() {
        replicas.values().forEach(some -> some.forEach(replica -> replica.tick(System.nanoTime())));
    }

    @Override
    public void ended(Throwable why) {
        LOG.error("The replicas ended", why);
        boolean mendable = !(why instanceof RecordFormatException);
        replicas.values().forEach(some -> some.forEach(replica -> replica.ended(mendable)));
        told(
                mendable
                        ? "The replica of this instance is out of order ("
                                + why.getClass().getSimpleName()
                                + "): restart the instance; its log has the details."
                        : why.getMessage());
    }

    /** Lets go of a replica: it is told nothing any more once this returns. For any thread. */
    synchronized void forget(Replica replica) {
        replicas.values().forEach(some -> some.remove(replica));
    }

    /** True if nobody is told anything. For any thread. */
    boolean isIdle() {
        return replicas.values().stream().allMatch(List::isEmpty);
    }

    private void requireRecent(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> news) {
        if (ends.containsKey(partition) || news.isEmpty()) {
            return;
        }
        if (System.currentTimeMillis() - news.get(0).timestamp() > BEHIND_MILLIS) {
            ends.put(partition, UNKNOWN);
            replicas.get(partition).forEach(replica -> replica.setCurrent(false, System.nanoTime()));
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        CubeKey key = CubeKey.decode(record.key());
        for (Replica replica : replicas.get(new TopicPartition(record.topic(), record.partition()))) {
            if (replica.entry().ref().equals(key.table())) {
                try {
                    replica.hear(key, record.value(), System.nanoTime());
                } catch (StateException e) {
                    throw new IllegalStateException("[" + key.table().name() + "] " + e.getMessage(), e);
                }
            }
        }
    }

    private void catchUp() {
        Set<TopicPartition> unknown = ends.entrySet().stream()
                .filter(end -> end.getValue() == UNKNOWN)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (!unknown.isEmpty()) {
            ends.putAll(consumer.endOffsets(unknown));
        }
        ends.entrySet().removeIf(end -> {
            boolean reached = consumer.position(end.getKey()) >= end.getValue();
            if (reached) {
                replicas.get(end.getKey()).forEach(replica -> replica.setCurrent(true, System.nanoTime()));
            }
            return reached;
        });
    }

    private void told(String what) {
        replicas.values().forEach(some -> some.forEach(replica -> replica.troubled(what, System.nanoTime())));
    }

    @Override
    public void close() {
        thread.close();
    }
}
