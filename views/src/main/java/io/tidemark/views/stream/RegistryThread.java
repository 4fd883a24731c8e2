package io.tidemark.views.stream;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the registry as long as the process runs, and tells of it: never of what it said on the way to what it says now. */
final class RegistryThread implements ConsumerThread.Reader, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryThread.class);
    private static final Duration POLL = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final StreamTopics topics;
    private final RegistryListener listener;
    private final ConsumerThread thread;

    private RegistryLines lines;
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
        lines = new RegistryLines(consumer, topics);
    }

    @Override
    public void turn() {
        lines.read(POLL);
        if (lines.isReadTo(lines.ends())) {
            tell(lines.followed());
        }
    }

    @Override
    public void ended(Throwable why) {
        LOG.error("Tables that are added or removed are not noticed any more: restart the instance", why);
    }

    private void tell(List<TableEntry> now) {
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
