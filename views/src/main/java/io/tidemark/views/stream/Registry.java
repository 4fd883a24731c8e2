package io.tidemark.views.stream;

import io.tidemark.views.cube.CubeSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Which tables a cluster follows. */
final class Registry {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long READ_NANOS = 30_000_000_000L;

    private final StreamTopics topics;
    private final ClientSettings clients;

    Registry(StreamTopics topics, ClientSettings clients) {
        this.topics = topics;
        this.clients = clients;
    }

    /** Those that are followed, by name. */
    List<TableEntry> entries() {
        return read().values().stream().filter(TableEntry::followed).toList();
    }

    TableEntry add(String name, String uri, CubeSpec spec) {
        TableEntry known = read().get(name);
        if (known == null || !known.followed()) {
            // Counted, and not drawn: instances that add the same table at once write the same line.
            long incarnation = known == null ? 1 : known.ref().incarnation() + 1;
            write(name, new TableEntry(new TableRef(name, incarnation), uri, spec).encode());
            known = read().get(name);
        }
        if (known == null || !known.followed()) {
            throw new ClusterException("The table '" + name + "' was removed while it was added. Add it again.", null);
        }
        if (!known.uri().equals(uri)) {
            throw new ClusterException(
                    "The cluster follows " + known.uri() + " under the name '" + name + "', not " + uri
                            + ". Give it another name (--table NAME=URI), or remove the other one: tidemark tables remove "
                            + name,
                    null);
        }
        if (!known.spec().equals(spec)) {
            throw new ClusterException(
                    "The cluster counts '" + name + "' by other columns: " + known.spec() + ", not " + spec
                            + ". Give the same columns on every instance, or remove it and add it anew: tidemark tables"
                            + " remove " + name,
                    null);
        }
        return known;
    }

    boolean remove(String name) {
        TableEntry known = read().get(name);
        if (known == null || !known.followed()) {
            return false;
        }
        write(name, known.removed().encode());
        return true;
    }

    static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, StreamTopics topics) {
        return consumer.partitionsFor(topics.tables()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    private void write(String name, byte[] value) {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(clients.writer())) {
            BrokerCall.join(() -> producer.send(
                            new ProducerRecord<>(topics.tables(), name.getBytes(StandardCharsets.UTF_8), value))
                    .get());
        }
    }

    private Map<String, TableEntry> read() {
        Map<String, TableEntry> entries = new TreeMap<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(clients.reader("registry"))) {
            List<TopicPartition> partitions = partitions(consumer, topics);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + READ_NANOS;
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("the registry was not read within " + READ_NANOS / 1_000_000_000 + " s");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    String name = new String(record.key(), StandardCharsets.UTF_8);
                    if (record.value() == null) {
                        entries.remove(name);
                    } else {
                        entries.put(name, TableEntry.decode(record.value()));
                    }
                }
            }
        }
        return entries;
    }
}
