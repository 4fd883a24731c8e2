package io.tidemark.views.stream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread with a consumer of its own, which reads until it is closed, and waits a while where Kafka does not answer. */
final class ConsumerThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerThread.class);
    private static final long CLOSE_MILLIS = 10_000;
    private static final long PAUSE_MILLIS = 1_000;

    private final Consumer<byte[], byte[]> consumer;
    private final Reader reader;
    private final Thread thread;
    private volatile boolean stopped;

    /** What is done on the thread. */
    interface Reader {
        /** Chooses what is read. */
        void begin();

        /** Reads some, and is called again; what a {@link KafkaException} keeps it from is read in the next turn. */
        void turn();

        /** Has failed with anything else: nothing is read any more. */
        void ended(Throwable why);
    }

    /** @param consumer used by the thread alone from now on, and closed by it */
    ConsumerThread(String name, Consumer<byte[], byte[]> consumer, Reader reader) {
        this.consumer = consumer;
        this.reader = reader;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try (consumer) {
            reader.begin();
            while (!stopped) {
                turn();
            }
        } catch (WakeupException e) {
            // Closed.
        } catch (RuntimeException | Error e) {
            if (!stopped) {
                reader.ended(e);
            }
        }
    }

    private void turn() {
        try {
            reader.turn();
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warn("Kafka does not answer: {}", e.getMessage());
            pause();
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
