package io.tidemark.ingest.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on what is written to a topic from now on, on a thread of its own, until closed. For hints: what was written before, or while
 * Kafka could not be reached, is left out. A failure is logged once, and it is tried again.
 */
public final class TopicSignals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicSignals.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long CLOSE_SECONDS = 5;

    private final String topic;
    private final Supplier<? extends org.apache.kafka.clients.consumer.Consumer<byte[], String>> consumers;
    private final Consumer<List<String>> listener;
    private final Duration retry;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile org.apache.kafka.clients.consumer.Consumer<byte[], String> current;
    private boolean complained;

    /** @param listener takes the texts of some messages at a time; must not throw */
    TopicSignals(
            String topic,
            Supplier<? extends org.apache.kafka.clients.consumer.Consumer<byte[], String>> consumers,
            Consumer<List<String>> listener,
            Duration retry) {
        this.topic = topic;
        this.consumers = consumers;
        this.listener = listener;
        this.retry = retry;
        thread = new Thread(this::run, "tidemark-notify-topic");
        thread.setDaemon(true);
        thread.start();
    }

    /** @param bootstrapServers of Kafka, without encryption or authentication */
    public static TopicSignals start(String bootstrapServers, String topic, Consumer<List<String>> listener) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                // Of its own, so that every instance hears everything.
                ConsumerConfig.GROUP_ID_CONFIG,
                "tidemark-notify-" + UUID.randomUUID(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "latest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false);
        return new TopicSignals(
                topic,
                () -> new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new StringDeserializer()),
                listener,
                Duration.ofSeconds(10));
    }

    private void run() {
        try {
            do {
                try (var consumer = consumers.get()) {
                    current = consumer;
                    consumer.subscribe(List.of(topic));
                    listen(consumer);
                } catch (WakeupException e) {
                    LOG.debug("No longer listening to topic {}", topic);
                } catch (KafkaException e) {
                    if (!complained) {
                        complained = true;
                        LOG.warn("Topic {} cannot be listened to, so tables are polled: {}", topic, e.toString());
                    }
                }
            } while (!closed.await(retry.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen(org.apache.kafka.clients.consumer.Consumer<byte[], String> consumer) {
        while (closed.getCount() > 0) {
            List<String> texts = new ArrayList<>();
            consumer.poll(POLL).records(topic).forEach(message -> {
                if (message.value() != null) {
                    texts.add(message.value());
                }
            });
            complained = false;
            if (!texts.isEmpty()) {
                listener.accept(texts);
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        var consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
