package io.tidemark.ingest.source;

import io.tidemark.ingest.generate.EventBatch;
import io.tidemark.ingest.generate.EventColumn;
import io.tidemark.ingest.generate.LiveEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.parquet.io.api.Binary;

/** The work of the {@code produce} command. */
public final class Produce {
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final int BATCH = 1_024;

    private final ProduceOptions options;
    private final Producer<byte[], byte[]> producer;
    private final EventJsonWriter json = new EventJsonWriter();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private long sent;

    Produce(ProduceOptions options, Producer<byte[], byte[]> producer) {
        this.options = options;
        this.producer = producer;
    }

    /**
     * Sends events until told to stop, or until there were enough of them.
     *
     * @param stop asked several times a second
     * @return how many events Kafka has taken in
     * @throws IllegalArgumentException for what the user should say otherwise; the message is one line
     * @throws IOException if Kafka does not take them
     */
    public static long run(ProduceOptions options, BooleanSupplier stop) throws IOException {
        try (Topics topics = new Topics(options.bootstrapServers())) {
            topics.make(options.topic(), options.partitions());
        }
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                options.bootstrapServers(),
                ProducerConfig.CLIENT_ID_CONFIG,
                "tidemark-produce");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            return new Produce(options, producer).send(stop);
        } catch (KafkaException e) {
            throw refused(options, e);
        }
    }

    long send(BooleanSupplier stop) throws IOException {
        LiveEvents events = new LiveEvents(options.seed(), options.rate(), INTERVAL, stop);
        EventBatch batch = new EventBatch(BATCH);
        while (!enough() && failure.get() == null && events.next(batch)) {
            for (int row = 0; row < batch.size() && !enough(); row++) {
                // By session: its events stay in order.
                Binary session = batch.text(EventColumn.SESSION_ID, row);
                byte[] key = session == null ? null : session.getBytes();
                producer.send(
                        new ProducerRecord<>(options.topic(), key, json.write(batch, row)),
                        (metadata, failed) -> failure.compareAndSet(null, failed));
                sent++;
            }
        }
        producer.flush();
        if (failure.get() != null) {
            throw refused(options, failure.get());
        }
        return sent;
    }

    private boolean enough() {
        return options.events() > 0 && sent >= options.events();
    }

    private static IOException refused(ProduceOptions options, Exception e) {
        return new IOException(
                "Kafka at " + options.bootstrapServers() + " does not take events: " + e.getMessage(), e);
    }
}
