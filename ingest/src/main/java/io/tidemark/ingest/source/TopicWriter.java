package io.tidemark.ingest.source;

import io.tidemark.ingest.generate.Advance;
import io.tidemark.ingest.generate.EventAppender;
import io.tidemark.ingest.generate.EventBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the events of one topic into a table, each exactly once.
 *
 * <p>How far it has read is in the table's log, in the same commits as the rows, and nowhere else: whatever becomes of the
 * writer, the next one goes on after the last row that is in the table. Not thread-safe.
 */
final class TopicWriter {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWriter.class);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long LOOK_FOR_PARTITIONS_NANOS = Duration.ofSeconds(30).toNanos();

    private final TopicName topic;
    private final Consumer<byte[], byte[]> consumer;
    private final EventAppender table;
    private final BatchRule rule;
    private final EventBatch batch;
    private final EventJsonReader json = new EventJsonReader();

    /** Where the table is, of each partition that is read. */
    private final Map<TopicPartition, Long> written = new HashMap<>();

    /** Where the batch ends, of each partition that it has rows of. */
    private final Map<TopicPartition, Long> read = new HashMap<>();

    private long firstNanos;
    private long partitionsNanos;
    private long rejected;

    /** @param consumer of no group, and that fails where an offset is not there; closed by who made it */
    TopicWriter(TopicName topic, Consumer<byte[], byte[]> consumer, EventAppender table, BatchRule rule) {
        this.topic = topic;
        this.consumer = consumer;
        this.table = table;
        this.rule = rule;
        this.batch = new EventBatch(rule.rows());
    }

    /**
     * Runs until told to stop; what it has read by then is committed.
     *
     * @throws IOException if the table cannot be written, or the topic no longer has what comes next
     */
    void run(BooleanSupplier stop) throws IOException {
        assign();
        while (!stop.getAsBoolean()) {
            step();
        }
        commit();
        LOG.info("Stopped; {} records were no events and left out", rejected);
    }

    /** Reads what is there, and commits what is due. */
    void step() throws IOException {
        try {
            for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                take(found);
                if (batch.size() == rule.rows()) {
                    commit();
                }
            }
        } catch (OffsetOutOfRangeException e) {
            throw lost(e.offsetOutOfRangePartitions());
        }
        long now = System.nanoTime();
        if (batch.size() > 0 && now - firstNanos >= rule.interval().toNanos()) {
            commit();
        }
        if (now - partitionsNanos >= LOOK_FOR_PARTITIONS_NANOS) {
            assign();
        }
    }

    /** Reads all partitions, each from where the table is; those that came since the last look, too. */
    void assign() {
        Set<TopicPartition> wanted = new TreeSet<>(Comparator.comparingInt(TopicPartition::partition));
        for (PartitionInfo info : consumer.partitionsFor(topic.name())) {
            wanted.add(new TopicPartition(info.topic(), info.partition()));
        }
        partitionsNanos = System.nanoTime();
        wanted.addAll(written.keySet());
        if (wanted.size() == written.size()) {
            return;
        }
        consumer.assign(wanted);
        for (TopicPartition partition : wanted) {
            if (!written.containsKey(partition)) {
                long position = table.position(topic.source(partition.partition()));
                written.put(partition, position);
                if (position == Advance.NOTHING) {
                    consumer.seekToBeginning(List.of(partition));
                } else {
                    consumer.seek(partition, position);
                }
                LOG.info("{} is read from {}", partition, position == Advance.NOTHING ? "its beginning" : position);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> found) {
        TopicPartition partition = new TopicPartition(found.topic(), found.partition());
        try {
            json.read(found.value(), found.timestamp(), batch);
            if (batch.size() == 1) {
                firstNanos = System.nanoTime();
            }
        } catch (UnreadableEventException e) {
            rejected++;
            LOG.warn("Offset {} of {} is left out: {}", found.offset(), partition, e.getMessage());
        }
        read.put(partition, found.offset() + 1);
    }

    private void commit() throws IOException {
        if (batch.size() == 0) {
            return;
        }
        Map<String, Advance> sources = new HashMap<>();
        read.forEach((partition, to) ->
                sources.put(topic.source(partition.partition()), new Advance(written.get(partition), to)));
        long version = table.append(batch, sources);
        LOG.debug("{} rows are version {}", batch.size(), version);
        written.putAll(read);
        read.clear();
        batch.clear();
    }

    private IOException lost(Map<TopicPartition, Long> offsets) {
        return new IOException("Topic " + topic.name() + " no longer has what the table lacks: it begins after offset "
                + offsets.values().iterator().next() + " of partition "
                + offsets.keySet().iterator().next().partition()
                + ". Events are lost; write what is left to another --table, and keep events longer (retention.ms).");
    }
}
