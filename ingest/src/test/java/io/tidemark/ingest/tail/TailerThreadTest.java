package io.tidemark.ingest.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.files.ObjectStat;
import io.tidemark.ingest.files.RandomAccess;
import io.tidemark.ingest.files.StoredObject;
import io.tidemark.ingest.files.TableFiles;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TailerThreadTest {
    private final FakeDeltaLog log = new FakeDeltaLog().create("t1");
    private final RecordingSink sink = new RecordingSink();
    private final WatchedFiles files = new WatchedFiles();
    private final BlockingQueue<TailStatus> statuses = new LinkedBlockingQueue<>();

    @Test
    void aChangeInTheLogFolderEndsTheWait() throws Exception {
        // Far longer than the test may take: only the watch can end it.
        try (TailerThread tailer = start(Duration.ofHours(1))) {
            awaitLive(0);
            log.add("a");
            files.onChange.run();
            awaitLive(1);

            assertThat(tailer.status().logVersion()).isEqualTo(1);
        }
        assertThat(files.folder).isEqualTo("_delta_log");
    }

    @Test
    void theLogIsAskedAfterThePollIntervalWithoutAnyWatch() throws Exception {
        try (TailerThread tailer = start(Duration.ofMillis(10))) {
            awaitLive(0);
            log.add("a");
            awaitLive(1);
            assertThat(tailer.status().state()).isEqualTo(TailState.LIVE);
        }
    }

    @Test
    void closingEndsTheThreadAndTheWatch() throws Exception {
        TailerThread tailer = start(Duration.ofHours(1));
        awaitLive(0);
        tailer.close();
        log.takeRequests();
        tailer.wake();

        assertThat(files.closed).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("tidemark-tailer"))
                .noneMatch(Thread::isAlive);
        assertThat(log.takeRequests()).isEmpty();
    }

    private TailerThread start(Duration pollInterval) {
        return TailerThread.start(log, files, sink, TailSettings.withPollInterval(pollInterval), statuses::add);
    }

    private void awaitLive(long version) throws InterruptedException {
        TailStatus status;
        do {
            status = statuses.poll(20, TimeUnit.SECONDS);
            assertThat(status).as("waiting for version " + version).isNotNull();
        } while (status.state() != TailState.LIVE
                || status.logVersion() != version
                || sink.position().map(Position::version).orElse(-1L) != version);
    }

    /** Nothing but a watch. */
    private static final class WatchedFiles implements TableFiles {
        private volatile String folder;
        private volatile Runnable onChange;
        private volatile boolean closed;

        @Override
        public URI root() {
            return URI.create(TailFixture.TABLE);
        }

        @Override
        public AutoCloseable watch(String watched, Runnable changed) {
            folder = watched;
            onChange = changed;
            return () -> closed = true;
        }

        @Override
        public Optional<StoredObject> read(String path, long maxBytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RandomAccess open(String path, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ObjectStat> stat(String path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> list(String path, String startAt) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
