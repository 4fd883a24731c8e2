package io.tidemark.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.standalone.DeltaLog;
import io.delta.standalone.actions.AddFile;
import io.tidemark.ingest.generate.EventAppender;
import io.tidemark.ingest.generate.SourceTakenException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real table, and a topic in memory; DuckDB reads what Delta Standalone says is live. */
class TopicWriterTest {
    private static final TopicName TOPIC = new TopicName("events", "id-1");
    private static final BatchRule TENS = new BatchRule(10, Duration.ofHours(1));

    @TempDir
    Path dir;

    @Test
    void aFullBatchIsOneCommitAndTheRestIsCommittedAtTheEnd() throws Exception {
        Session session = start(TOPIC, TENS, 1);
        session.add(0, 0, 25);

        session.writer.step();
        assertThat(rows()).hasSize(20);
        session.writer.run(() -> true);

        assertThat(rows()).containsExactlyElementsOf(numbers(0, 25));
        assertThat(log().snapshot().getVersion()).isEqualTo(2);
    }

    @Test
    void rowsThatWaitedLongEnoughAreCommitted() throws Exception {
        Session session = start(TOPIC, new BatchRule(10, Duration.ofNanos(1)), 1);
        session.add(0, 0, 3);

        session.writer.step();

        assertThat(rows()).hasSize(3);
    }

    @Test
    void aWriterThatWasKilledLosesAndRepeatsNothing() throws Exception {
        Session killed = start(TOPIC, TENS, 2);
        killed.add(0, 0, 14);
        killed.add(1, 100, 9);
        killed.writer.step(); // 20 of 23 are in the table; then it is gone

        Session next = start(TOPIC, TENS, 2);
        next.add(0, 0, 14);
        next.add(1, 100, 9);
        next.writer.run(new TakeSteps(2));

        List<Long> all = numbers(0, 14);
        all.addAll(numbers(100, 109));
        assertThat(rows()).containsExactlyElementsOf(all);
    }

    @Test
    void ofTwoWritersTheOneThatIsLateStops() throws Exception {
        Session first = start(TOPIC, TENS, 1);
        Session second = start(TOPIC, TENS, 1);
        first.add(0, 0, 10);
        second.add(0, 0, 10);
        first.writer.step();

        assertThatThrownBy(second.writer::step)
                .isInstanceOf(SourceTakenException.class)
                .hasMessageContaining("another writer");
        assertThat(rows()).hasSize(10);
    }

    @Test
    void aTopicThatWasMadeAnewIsReadFromItsBeginning() throws Exception {
        Session old = start(TOPIC, TENS, 1);
        old.add(0, 0, 10);
        old.writer.step();

        Session anew = start(new TopicName("events", "id-2"), TENS, 1);
        anew.add(0, 500, 10);
        anew.writer.step();

        assertThat(rows()).hasSize(20);
    }

    @Test
    void whatTheTopicNoLongerHasIsALossThatIsTold() throws Exception {
        Session old = start(TOPIC, TENS, 1);
        old.add(0, 0, 10);
        old.writer.step();

        Session late = start(TOPIC, TENS, 1);
        late.consumer.updateBeginningOffsets(Map.of(new TopicPartition("events", 0), 50L));
        late.add(0, 0, 60);

        assertThatThrownBy(late.writer::step)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no longer has")
                .hasMessageContaining("offset 10 of partition 0");
    }

    @Test
    void whatIsNoEventIsLeftOutAndDoesNotHoldUpTheRest() throws Exception {
        Session session = start(TOPIC, TENS, 1);
        session.add(0, 0, 5);
        session.consumer.addRecord(new ConsumerRecord<>("events", 0, 5, null, bytes("not an event")));
        session.consumer.addRecord(new ConsumerRecord<>("events", 0, 6, null, bytes("{\"metadata\":\"6\"}")));

        session.writer.step();
        session.writer.run(() -> true);

        assertThat(rows()).containsExactly(0L, 1L, 2L, 3L, 4L, 6L);
    }

    /** Stops after some steps. */
    private record TakeSteps(int[] left) implements java.util.function.BooleanSupplier {
        TakeSteps(int steps) {
            this(new int[] {steps});
        }

        @Override
        public boolean getAsBoolean() {
            return left[0]-- <= 0;
        }
    }

    private record Session(TopicWriter writer, MockConsumer<byte[], byte[]> consumer) {
        /** Events that are numbered, at the offsets from 0 on. */
        void add(int partition, long firstNumber, int count) {
            for (int i = 0; i < count; i++) {
                consumer.addRecord(new ConsumerRecord<>(
                        "events", partition, i, null, bytes("{\"metadata\":\"" + (firstNumber + i) + "\"}")));
            }
        }
    }

    private Session start(TopicName topic, BatchRule rule, int partitions) throws IOException {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
        List<PartitionInfo> infos = IntStream.range(0, partitions)
                .mapToObj(p -> new PartitionInfo("events", p, null, null, null))
                .toList();
        consumer.updatePartitions("events", infos);
        consumer.updateBeginningOffsets(infos.stream()
                .collect(Collectors.toMap(info -> new TopicPartition("events", info.partition()), info -> 0L)));
        EventAppender table =
                EventAppender.open(new Configuration(), dir.toUri().toString());
        TopicWriter writer = new TopicWriter(topic, consumer, table, rule);
        writer.assign();
        return new Session(writer, consumer);
    }

    private DeltaLog log() {
        return DeltaLog.forTable(new Configuration(), dir.toUri().toString());
    }

    /** The numbers of the events in the table, ascending. */
    private List<Long> rows() throws SQLException {
        String files = log().snapshot().getAllFiles().stream()
                .map(AddFile::getPath)
                .map(path -> "'" + dir.resolve(path) + "'")
                .collect(Collectors.joining(","));
        List<Long> found = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement query = duck.createStatement();
                ResultSet result = query.executeQuery(
                        "select cast(metadata as bigint) from read_parquet([" + files + "]) order by 1")) {
            while (result.next()) {
                found.add(result.getLong(1));
            }
        }
        return found;
    }

    private static List<Long> numbers(long from, long to) {
        return IntStream.range((int) from, (int) to)
                .mapToObj(Long::valueOf)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
