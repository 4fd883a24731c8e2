package io.tidemark.views.stream;

import io.tidemark.ingest.tail.PollInterval;
import io.tidemark.views.store.KillPoint;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Follows the logs of its tables: one task has a table at a time, and what it says counts only together with its cursor. */
final class TailProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    static final String STORE = "tail";
    static final String TO_FILES = "to-file-changes";
    static final String TO_PIECES = "tail-to-contributions";
    static final String TO_CUBE = "tail-to-cube";

    /** A commit waits half of it on average; the log itself is asked by the poll interval, or when the watch says so. */
    private static final Duration TICK = Duration.ofMillis(50);

    private final StreamTopics topics;
    private final OpenTables tables;
    private final PollInterval pollInterval;
    private final Map<String, Follower> followers = new HashMap<>();

    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<Bytes, byte[]> store;
    private Clock clock;

    TailProcessor(StreamTopics topics, OpenTables tables, PollInterval pollInterval) {
        this.topics = topics;
        this.tables = tables;
        this.pollInterval = pollInterval;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> task) {
        // As in the merge: what is remembered may be of another life of the task.
        close();
        context = task;
        clock = new TaskClock(task::currentSystemTimeMs);
        store = task.getStateStore(STORE);
        TailShelf.forEachEntry(store, entry -> followers.put(entry.ref().name(), follower(entry)));
        task.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick());
    }

    private Follower follower(TableEntry entry) {
        return new Follower(entry, new TailShelf(store, entry.ref()), new Voice(), tables, pollInterval, clock);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        boolean isProgress = context.recordMetadata()
                .map(of -> of.topic().equals(topics.progress()))
                .orElse(false);
        String name = new String(record.key(), StandardCharsets.UTF_8);
        if (isProgress) {
            progressed(followers.get(name), record.value());
        } else {
            registered(name, record.value());
        }
    }

    private static void progressed(Follower follower, byte[] value) {
        if (follower != null
                && value != null
                && Progress.decode(value).table().equals(follower.entry().ref())) {
            follower.shelf().setProgress(value);
        }
    }

    private void registered(String name, byte[] value) {
        Follower before = followers.get(name);
        TableEntry entry = Optional.ofNullable(value)
                .map(TableEntry::decode)
                .filter(TableEntry::followed)
                .orElse(null);
        if (before != null
                && (entry == null || !entry.ref().equals(before.entry().ref()))) {
            followers.remove(name);
            before.close();
            before.shelf().clear();
            Voice voice = new Voice();
            voice.say(new FileWord.Forget(before.entry().ref()));
            voice.say(new Piece.Forget(before.entry().ref()));
        }
        if (entry != null && !followers.containsKey(name)) {
            Follower follower = follower(entry);
            follower.shelf().setEntry(entry);
            followers.put(name, follower);
        }
    }

    private void tick() {
        boolean said = false;
        for (Follower follower : followers.values()) {
            said |= follower.tick();
        }
        if (said) {
            KillPoint.SAID.pass();
            // Whoever waits for a commit waits for the transaction.
            context.commit();
        }
    }

    @Override
    public void close() {
        followers.values().forEach(Follower::close);
        followers.clear();
    }

    private final class Voice implements TailVoice {
        @Override
        public void say(FileWord word) {
            // Without a key it goes to all partitions.
            byte[] key = word instanceof FileWord.Change change ? change.file().bytes() : null;
            send(key, FileWordCodec.encode(word), TO_FILES);
        }

        @Override
        public void say(Piece piece) {
            send(piece.table().key(), PieceCodec.encode(piece), TO_PIECES);
        }

        @Override
        public void report(TableRef table, Report report) {
            send(CubeKey.of(CubeKey.Kind.STATUS, table).encode(), report.encode(), TO_CUBE);
        }

        private void send(byte[] key, byte[] value, String sink) {
            context.forward(new Record<>(key, value, clock.millis()), sink);
        }
    }
}
