package io.tidemark.views.stream;

import static io.tidemark.views.stream.DrivenCluster.REF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.tail.Position;
import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.views.Seed;
import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.NaiveCounts;
import io.tidemark.views.cube.RollUp;
import io.tidemark.views.cube.Row;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.CommitNote;
import io.tidemark.views.store.PinnedFiles;
import io.tidemark.views.store.StateHistory;
import io.tidemark.views.store.StepEffect;
import io.tidemark.views.store.ViewState;
import io.tidemark.views.stream.CubeKey.Kind;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the merge makes of pieces, in whatever order they come. */
class MergeTest {
    private static final TableMetadata METADATA =
            TableMetadata.parse("id", "{\"type\":\"struct\",\"fields\":[]}", List.of(), Map.of());

    @TempDir
    private Path directory;

    private DrivenCluster cluster;

    @BeforeEach
    void open() {
        cluster = new DrivenCluster(directory);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private static Piece.Head head(long step, long changes, long version) {
        return new Piece.Head(
                REF,
                step,
                new StepHead(
                        changes,
                        2,
                        new Position("id", version, "f" + version),
                        step == 0 ? Optional.of(METADATA) : Optional.empty(),
                        step == 0 ? Optional.of("epoch") : Optional.empty(),
                        step == 0 ? StepEffect.Kind.SNAPSHOT : StepEffect.Kind.COMMIT,
                        List.of(CommitNote.ofSnapshot(version, Instant.EPOCH))));
    }

    private static byte[] file(String name, int rows) {
        List<Row> all = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            all.add(new Row(i % 3, Arrays.asList(name, i % 2 == 0 ? null : "x"), "session " + i));
        }
        FileCounts counts = NaiveCounts.count(all, 2);
        DataFile file = new DataFile(name, Optional.empty(), Map.of(), 10L * rows, Optional.empty());
        return new FileShare(file, counts).encode();
    }

    private static Piece.Share added(long step, long ordinal, byte[] share) {
        return new Piece.Share(REF, step, ordinal, true, 0, 1, share);
    }

    private static Piece.Share removed(long step, long ordinal, byte[] share) {
        return new Piece.Share(REF, step, ordinal, false, 0, 1, share);
    }

    @Test
    void theOrderInWhichPiecesComeDoesNotMatter() {
        List<Piece> pieces = new ArrayList<>(List.of(
                head(0, 2, 10),
                added(0, 0, file("a", 10)),
                added(0, 1, file("b", 20)),
                head(1, 1, 11),
                added(1, 0, file("c", 5)),
                head(2, 2, 12),
                removed(2, 0, file("a", 10)),
                added(2, 1, file("d", 1)),
                head(3, 0, 13)));
        Collections.shuffle(pieces, new Random(5));

        pieces.forEach(cluster::say);

        assertThat(cluster.steps.stream().map(step -> step.state().version()))
                .endsWith(13L)
                .isSorted();
        assertThat(cluster.state().cube().rows()).isEqualTo(26);
        assertThat(cluster.state().files()).isEqualTo(3);
        assertThat(cluster.state().distinct()).isEqualTo(20);
        assertThat(cluster.state().bytes()).isEqualTo(260);
    }

    @Test
    void aVersionIsShownOnlyWhenAllOfItHasCome() {
        cluster.say(head(0, 2, 10));
        cluster.say(added(0, 1, file("b", 20)));
        assertThat(cluster.shown()).isEqualTo(-1);
        assertThat(cluster.sent).isEmpty();

        cluster.say(added(0, 0, file("a", 10)));

        assertThat(cluster.shown()).isEqualTo(10);
        assertThat(CubeKey.decode(cluster.sent.get(cluster.sent.size() - 1).key())
                        .kind())
                .isEqualTo(Kind.VERSION);
    }

    @Test
    void aFileThatGoesBeforeWeHeardOfItsComingIsTakenBackAfterIt() {
        cluster.say(head(0, 0, 10));
        cluster.say(removed(2, 0, file("a", 10)));
        cluster.say(head(2, 1, 12));
        assertThat(cluster.shown()).isEqualTo(10);

        cluster.say(head(1, 1, 11));
        cluster.say(added(1, 0, file("a", 10)));

        assertThat(cluster.shown()).isEqualTo(12);
        assertThat(cluster.state().cube().rows()).isZero();
        assertThat(cluster.state().distinct()).isZero();
        assertThat(cluster.state().files()).isZero();
    }

    @Test
    void aPieceThatIsRepeatedCountsOnce() {
        byte[] share = file("a", 10);
        byte[] front = Arrays.copyOf(share, 20);
        byte[] rest = Arrays.copyOfRange(share, 20, share.length);
        cluster.say(head(0, 2, 10));
        cluster.say(head(0, 2, 10));
        cluster.say(new Piece.Share(REF, 0, 0, true, 1, 2, rest));
        cluster.say(new Piece.Share(REF, 0, 0, true, 1, 2, rest));
        cluster.say(added(0, 1, file("b", 7)));
        assertThat(cluster.shown()).isEqualTo(-1);

        cluster.say(new Piece.Share(REF, 0, 0, true, 0, 2, front));
        cluster.say(new Piece.Share(REF, 0, 0, true, 0, 2, front));
        cluster.say(added(0, 1, file("b", 7)));
        cluster.say(head(0, 2, 10));

        assertThat(cluster.shown()).isEqualTo(10);
        assertThat(cluster.steps).hasSize(1);
        assertThat(cluster.state().cube().rows()).isEqualTo(17);
    }

    @Test
    void aFileThatWasNeverReadIsShownOnlyTogetherWithItsGoing() {
        cluster.say(head(0, 0, 10));
        cluster.say(head(1, 2, 11));
        cluster.say(added(1, 0, file("a", 10)));
        cluster.say(new Piece.Failure(REF, 1, 1, true, "b is gone"));
        assertThat(CubeKey.decode(cluster.sent.get(cluster.sent.size() - 1).key())
                        .kind())
                .isEqualTo(Kind.HALT);
        cluster.say(new Piece.Blank(REF, 1, 1, 3));
        cluster.say(head(2, 0, 12));
        assertThat(cluster.shown()).isEqualTo(10);

        cluster.say(new Piece.Blank(REF, 3, 0, 3));
        cluster.say(head(3, 1, 13));

        assertThat(cluster.steps.stream().map(step -> step.state().version())).containsExactly(10L, 13L);
        assertThat(cluster.state().cube().rows()).isEqualTo(10);
        assertThat(cluster.replica().store().history().orElseThrow().commits().entries())
                .extracting(entry -> entry.note().version())
                .containsExactly(13L, 12L, 11L, 10L);
    }

    @Test
    void whatIsTakenBackAndWasNeverGivenStopsTheTableWithAReason() {
        cluster.say(head(0, 1, 10));
        cluster.say(added(0, 0, file("a", 10)));
        cluster.say(head(1, 1, 11));
        cluster.say(removed(1, 0, file("b", 3)));

        assertThat(cluster.shown()).isEqualTo(10);
        assertThat(CubeKey.decode(cluster.sent.get(cluster.sent.size() - 1).key())
                        .kind())
                .isEqualTo(Kind.HALT);
    }

    @Test
    void piecesOfATableThatWasRemovedAndAddedAgainAreNotTakenForTheNewOnes() {
        cluster.say(new Piece.Share(new TableRef("t", 6), 0, 0, true, 0, 1, file("old", 50)));
        cluster.say(head(0, 1, 10));
        assertThat(cluster.shown()).isEqualTo(-1);

        cluster.say(added(0, 0, file("new", 5)));

        assertThat(cluster.state().cube().rows()).isEqualTo(5);
    }

    @Test
    void anInstanceThatIsTooOldForARecordStopsBeforeItAndGoesOnShowingWhatItHas() {
        cluster.say(head(0, 1, 10));
        cluster.say(added(0, 0, file("a", 10)));
        byte[] newer = PieceCodec.encode(head(1, 0, 11));
        newer[0]++;

        assertThatThrownBy(() -> cluster.contributions.pipeInput(REF.key(), newer))
                .hasRootCauseInstanceOf(RecordFormatException.class)
                .rootCause()
                .hasMessageContaining("has format 2; this Tidemark reads format 1. Run the version of Tidemark");

        assertThat(cluster.shown()).isEqualTo(10);
    }

    @Test
    void aReplicaThatIsTooOldForARecordShowsNothingOfItsStep() {
        cluster.say(head(0, 1, 10));
        cluster.say(added(0, 0, file("a", 10)));
        byte[] block = cluster.sent.stream()
                .filter(record -> CubeKey.decode(record.key()).kind() == Kind.HOUR)
                .findFirst()
                .orElseThrow()
                .value()
                .clone();
        block[0]++;

        assertThatThrownBy(() -> cluster.replica().hear(new CubeKey(Kind.HOUR, REF, 1, 0), block, 0))
                .isInstanceOf(RecordFormatException.class)
                .hasMessageContaining("Run the version of Tidemark that the cluster's other instances run");

        assertThat(cluster.state().cube().rows()).isEqualTo(10);
    }

    @Test
    void aReplicaThatComesLateReadsWhatCompactionHasLeftAndShowsTheSame() {
        Random random = Seed.random("MergeTest");
        randomHistory(random, 40);
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < cluster.sent.size(); i++) {
            if (CubeKey.decode(cluster.sent.get(i).key()).kind() == Kind.VERSION) {
                ends.add(i + 1);
            }
        }
        int cleaned = ends.get(random.nextInt(ends.size()));
        int read = ends.get(random.nextInt(ends.size()));
        List<TestRecord<byte[], byte[]>> log = new ArrayList<>(compacted(cluster.sent.subList(0, cleaned)));
        log.addAll(cluster.sent.subList(cleaned, cluster.sent.size()));
        List<Applied> shown = new ArrayList<>();
        try (Replica late = new Replica(new TableEntry(REF, "t", DrivenCluster.SPEC), directory.resolve("late"), 0)) {
            late.listen(new ReplicaListener() {
                @Override
                public void onStep(Applied step) {
                    shown.add(step);
                }

                @Override
                public void onStatus(TailStatus status) {}
            });
            int current = Math.max(read, log.size() - (cluster.sent.size() - cleaned));
            for (int i = 0; i < log.size(); i++) {
                if (i == Math.min(current, log.size() - 1)) {
                    late.setCurrent(true, 0);
                }
                late.hear(CubeKey.decode(log.get(i).key()), log.get(i).value(), 0);
            }

            ViewState now = late.store().state().orElseThrow();
            assertThat(now.version()).isEqualTo(cluster.shown());
            assertThat(RollUp.of(DrivenCluster.SPEC, now.cube(), now.combinations(), Filter.ALL))
                    .isEqualTo(RollUp.of(
                            DrivenCluster.SPEC,
                            cluster.state().cube(),
                            cluster.state().combinations(),
                            Filter.ALL));
            assertThat(now.distinct()).isEqualTo(cluster.state().distinct());
            assertThat(late.store().history())
                    .map(StateHistory::commits)
                    .isEqualTo(cluster.replica().store().history().map(StateHistory::commits));
            assertThat(paths(late)).isEqualTo(paths(cluster.replica()));
        }
        // What it showed on the way was what the other one showed then.
        for (Applied step : shown) {
            Applied then = cluster.steps.stream()
                    .filter(other -> other.state().version() == step.state().version())
                    .findFirst()
                    .orElseThrow();
            assertThat(step.state().cube().rows()).isEqualTo(then.state().cube().rows());
            assertThat(RollUp.of(
                            DrivenCluster.SPEC,
                            step.state().cube(),
                            step.state().combinations(),
                            Filter.ALL))
                    .isEqualTo(RollUp.of(
                            DrivenCluster.SPEC,
                            then.state().cube(),
                            then.state().combinations(),
                            Filter.ALL));
        }
    }

    private void randomHistory(Random random, int steps) {
        List<String> live = new ArrayList<>();
        Map<String, byte[]> shares = new HashMap<>();
        for (int step = 0; step < steps; step++) {
            int changes = 0;
            if (!live.isEmpty() && random.nextBoolean()) {
                cluster.say(removed(step, changes++, shares.get(live.remove(random.nextInt(live.size())))));
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                String name = "file " + step + "-" + i;
                shares.put(name, file(name, 1 + random.nextInt(20)));
                live.add(name);
                cluster.say(added(step, changes++, shares.get(name)));
            }
            cluster.say(head(step, changes, 100 + step));
        }
    }

    /** As a log cleaner leaves it: of each key the last record, in its place. */
    private static List<TestRecord<byte[], byte[]>> compacted(List<TestRecord<byte[], byte[]>> log) {
        Map<ByteBuffer, Integer> last = new HashMap<>();
        for (int i = 0; i < log.size(); i++) {
            last.put(ByteBuffer.wrap(log.get(i).key()), i);
        }
        return last.values().stream().sorted().map(log::get).toList();
    }

    private static List<String> paths(Replica replica) {
        List<String> paths = new ArrayList<>();
        try (PinnedFiles pinned = replica.store().pin().orElseThrow()) {
            pinned.forEach(live -> paths.add(live.file().path()));
        }
        return paths;
    }
}
