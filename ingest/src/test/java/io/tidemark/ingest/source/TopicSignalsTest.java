package io.tidemark.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** With the consumer that Kafka brings for tests. */
class TopicSignalsTest {
    private static final TopicPartition PARTITION = new TopicPartition("bucket-events", 0);

    private final BlockingQueue<List<String>> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<MockConsumer<byte[], String>> made = new LinkedBlockingQueue<>();

    private MockConsumer<byte[], String> consumer() {
        MockConsumer<byte[], String> consumer = new MockConsumer<>("latest");
        consumer.updateEndOffsets(Map.of(PARTITION, 5L));
        made.add(consumer);
        return consumer;
    }

    private TopicSignals start() {
        return new TopicSignals("bucket-events", this::consumer, heard::add, Duration.ofMillis(5));
    }

    private static void write(MockConsumer<byte[], String> consumer, long offset, String text) {
        consumer.addRecord(new ConsumerRecord<>("bucket-events", 0, offset, null, text));
    }

    private MockConsumer<byte[], String> next() throws InterruptedException {
        MockConsumer<byte[], String> consumer = made.poll(20, TimeUnit.SECONDS);
        assertThat(consumer).isNotNull();
        return consumer;
    }

    @Test
    void messagesAreHandedOnAndTheEndIsClean() throws InterruptedException {
        MockConsumer<byte[], String> consumer;
        try (TopicSignals signals = start()) {
            consumer = next();
            consumer.schedulePollTask(() -> {
                consumer.rebalance(List.of(PARTITION));
                write(consumer, 5, "a commit");
                write(consumer, 6, null);
            });

            assertThat(heard.poll(20, TimeUnit.SECONDS)).containsExactly("a commit");
        }
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void afterAFailureItListensAgain() throws InterruptedException {
        try (TopicSignals signals = start()) {
            next().setPollException(new KafkaException("the broker is gone"));

            MockConsumer<byte[], String> again = next();
            again.schedulePollTask(() -> {
                again.rebalance(List.of(PARTITION));
                write(again, 5, "later");
            });
            assertThat(heard.poll(20, TimeUnit.SECONDS)).containsExactly("later");
        }
    }
}
