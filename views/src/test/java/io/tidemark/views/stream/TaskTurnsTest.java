package io.tidemark.views.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.tail.Position;
import io.tidemark.views.store.CommitNote;
import io.tidemark.views.store.FileKey;
import io.tidemark.views.store.StepEffect;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A task that becomes a standby and a task again, or whose transaction is taken back, keeps its processors: they are closed and begun
 * anew over a store that others have written meanwhile.
 */
class TaskTurnsTest {
    private static final TableRef TABLE = new TableRef("t", 1);
    private static final TableMetadata METADATA =
            TableMetadata.parse("id", "{\"type\":\"struct\",\"fields\":[]}", List.of(), Map.of());

    @TempDir
    private Path directory;

    private MockProcessorContext<byte[], byte[]> context;

    @BeforeEach
    void begin() {
        context = new MockProcessorContext<>(new Properties(), new TaskId(2, 0), directory.toFile());
        context.setCurrentSystemTimeMs(0);
    }

    private KeyValueStore<Bytes, byte[]> store(String name) {
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        return store;
    }

    /** A head of a step that changes no file, which is all there is of it. */
    private static Record<byte[], byte[]> step(long step) {
        StepHead head = new StepHead(
                0,
                2,
                new Position("id", step, "f" + step),
                step == 0 ? Optional.of(METADATA) : Optional.empty(),
                step == 0 ? Optional.of("epoch") : Optional.empty(),
                step == 0 ? StepEffect.Kind.SNAPSHOT : StepEffect.Kind.COMMIT,
                List.of(CommitNote.ofSnapshot(step, Instant.EPOCH)));
        return new Record<>(TABLE.key(), PieceCodec.encode(new Piece.Head(TABLE, step, head)), 0);
    }

    @Test
    void aMergeThatComesBackGoesOnFromWhatItsStandInHasTaken() {
        KeyValueStore<Bytes, byte[]> store = store(MergeProcessor.STORE);
        MergeProcessor merge = new MergeProcessor();
        merge.init(context);
        merge.process(step(0));
        merge.close();
        MergeProcessor standIn = new MergeProcessor();
        standIn.init(context);
        standIn.process(step(1));
        standIn.close();

        merge.init(context);
        merge.process(step(2));

        assertThat(new MergeShelf(store, TABLE).taken()).isEqualTo(2);
    }

    @Test
    void aScanThatComesBackTriesTheFilesThatItsStandInCouldNotRead() {
        store(ScanProcessor.STORE);
        try (OpenTables tables = new OpenTables(uri -> new LocalTableFiles(Path.of(uri)))) {
            ScanProcessor scan = new ScanProcessor(tables, new InstanceStatistics());
            scan.init(context);
            retry();
            scan.close();
            ScanProcessor standIn = new ScanProcessor(tables, new InstanceStatistics());
            standIn.init(context);
            TableEntry entry = new TableEntry(TABLE, directory.toString(), DrivenCluster.SPEC);
            DataFile file = new DataFile("gone.parquet", Optional.empty(), Map.of(), 10, Optional.empty());
            standIn.process(said(new FileWord.Terms(entry, 0, METADATA)));
            standIn.process(said(new FileWord.Change(TABLE, 3, 0, 0, FileKey.of(file.id()), Optional.of(file))));
            standIn.close();
            assertThat(context.forwarded()).hasSize(1);
            context.resetForwards();

            scan.init(context);
            retry();

            assertThat(context.forwarded())
                    .singleElement()
                    .satisfies(forward -> assertThat(
                                    PieceCodec.decode((byte[]) forward.record().value()))
                            .isInstanceOf(Piece.Failure.class));
        }
    }

    private static Record<byte[], byte[]> said(FileWord word) {
        return new Record<>(null, FileWordCodec.encode(word), 0);
    }

    /** What was scheduled last is run. */
    private void retry() {
        context.scheduledPunctuators()
                .get(context.scheduledPunctuators().size() - 1)
                .getPunctuator()
                .punctuate(0);
    }
}
