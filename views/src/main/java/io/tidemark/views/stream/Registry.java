package io.tidemark.views.stream;

import io.tidemark.views.cube.CubeSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
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
        return read().followed();
    }

    TableEntry add(String name, String uri, CubeSpec spec) {
        TableEntry known = read().byName().get(name);
        if (known == null || !known.followed()) {
            // Counted, and not drawn: instances that add the same table at once write the same line.
            long incarnation = known == null ? 1 : known.ref().incarnation() + 1;
            write(name, new TableEntry(new TableRef(name, incarnation), uri, spec).encode());
            known = read().byName().get(name);
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
        TableEntry known = read().byName().get(name);
        if (known == null || !known.followed()) {
            return false;
        }
        write(name, known.removed().encode());
        return true;
    }

    private void write(String name, byte[] value) {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(clients.writer())) {
            BrokerCall.join(() -> producer.send(
                            new ProducerRecord<>(topics.tables(), name.getBytes(StandardCharsets.UTF_8), value))
                    .get());
        }
    }

    private RegistryLines read() {
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(clients.reader("registry"))) {
            RegistryLines lines = new RegistryLines(consumer, topics);
            Map<TopicPartition, Long> ends = lines.ends();
            long deadline = System.nanoTime() + READ_NANOS;
            while (!lines.isReadTo(ends)) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("the registry was not read within " + READ_NANOS / 1_000_000_000 + " s");
                }
                lines.read(POLL);
            }
            return lines;
        }
    }
}
