package io.tidemark.views.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnMismatchException;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.MissingDataFileException;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.log.TableProtocol;
import io.tidemark.ingest.log.TableSnapshot;
import io.tidemark.ingest.tail.Position;
import io.tidemark.views.contribution.FileCounter;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.CommitEntry;
import io.tidemark.views.store.StepEffect;
import io.tidemark.views.store.ViewState;
import io.tidemark.views.store.ViewStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewMaintainerTest {
    private static final CubeSpec SPEC =
            new CubeSpec(Optional.empty(), List.of(new Dimension("channel", "channel")), Optional.empty());

    @TempDir
    private Path directory;

    private final Set<String> missing = new ConcurrentSkipListSet<>();
    private final Set<String> counted = new ConcurrentSkipListSet<>();
    private final List<Applied> steps = new ArrayList<>();
    private final List<StepListener> listeners = new ArrayList<>(List.of(steps::add));
    private final MaintainerStatistics statistics = new MaintainerStatistics();
    private ViewStore store;
    private ViewMaintainer maintainer;

    @BeforeEach
    void open() {
        store = ViewStore.open(directory, SPEC, "file:///data/orders");
        maintain();
    }

    private void maintain() {
        maintainer = new ViewMaintainer(store, SPEC, counter(), 2, listeners, statistics);
    }

    @AfterEach
    void close() {
        maintainer.close();
        store.close();
    }

    @Test
    void theFirstCommitOpensAnEpoch() {
        maintainer.apply(List.of(create(), commit(1, List.of("a"), List.of())));

        assertThat(steps).hasSize(1);
        assertThat(steps.get(0).newEpoch()).isTrue();
        assertThat(state().version()).isEqualTo(1);
        assertThat(maintainer.position()).contains(new Position("t1", 1, "v1"));
    }

    @Test
    void removingAFileTakesBackExactlyWhatAddingItGave() {
        maintainer.apply(List.of(create(), commit(1, List.of("a", "b"), List.of())));
        maintainer.apply(List.of(commit(2, List.of("c"), List.of())));
        missing.addAll(Set.of("a", "b", "c"));
        maintainer.apply(List.of(commit(3, List.of(), List.of("a", "c"))));

        assertThat(state().cube().rows()).isEqualTo(1);
        assertThat(state().files()).isEqualTo(1);
        assertThat(statistics.filesRemoved()).isEqualTo(2);
        assertThat(statistics.filesScanned()).isEqualTo(3);
    }

    @Test
    void commitsThatWereTakenUpTogetherAreToldTogetherAndAReconcileAsWhatItIs() {
        missing.add("passing");
        maintainer.apply(List.of(
                create(), commit(1, List.of("passing", "a"), List.of()), commit(2, List.of(), List.of("passing"))));
        maintainer.apply(List.of(commit(3, List.of("b"), List.of("a"))));
        maintainer.reconcile(snapshot("t1", 9, "b", "c"), false);

        List<CommitEntry> told = store.history().orElseThrow().commits().entries();
        assertThat(told).extracting(entry -> entry.note().version()).containsExactly(9L, 3L, 2L, 1L, 0L);
        assertThat(told.get(0).step().kind()).isEqualTo(StepEffect.Kind.SNAPSHOT);
        assertThat(List.of(told.get(0).step().from(), told.get(0).step().to())).containsExactly(4L, 9L);
        assertThat(told.get(0).note().actions()).as("nobody read them").isEmpty();
        assertThat(told.get(1).step().kind()).isEqualTo(StepEffect.Kind.COMMIT);
        assertThat(told.get(1).note().actions().orElseThrow().filesRemoved()).isEqualTo(1);
        StepEffect group = told.get(3).step();
        assertThat(told.subList(2, 5)).extracting(CommitEntry::step).containsOnly(group);
        assertThat(group.kind()).isEqualTo(StepEffect.Kind.GROUP);
        assertThat(List.of(group.from(), group.to())).containsExactly(0L, 2L);
        assertThat(group.filesAdded()).as("the passing file was never read").isEqualTo(1);
        assertThat(told.get(3).note().actions().orElseThrow().filesAdded()).isEqualTo(2);
    }

    @Test
    void aFileThatAGroupAddsAndRemovesIsNeverRead() {
        missing.add("passing");
        maintainer.apply(List.of(
                create(), commit(1, List.of("passing", "a"), List.of()), commit(2, List.of(), List.of("passing"))));

        assertThat(counted).containsExactly("a");
    }

    @Test
    void aMissingFileLeavesEverythingAsItWas() {
        maintainer.apply(List.of(create(), commit(1, List.of("a"), List.of())));
        ViewState before = state();
        missing.add("gone");

        assertThatThrownBy(() -> maintainer.apply(List.of(commit(2, List.of("b", "gone", "c"), List.of("a")))))
                .isInstanceOf(MissingDataFileException.class);
        assertThat(state()).isSameAs(before);
        assertThat(steps).hasSize(1);

        missing.clear();
        maintainer.apply(List.of(commit(2, List.of("b", "gone", "c"), List.of("a"))));
        assertThat(state().cube().rows()).isEqualTo(3);
    }

    @Test
    void aCommitThatSkipsAVersionIsRefused() {
        maintainer.apply(List.of(create()));

        assertThatThrownBy(() -> maintainer.apply(List.of(commit(2, List.of("b"), List.of()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Version 1 comes next, not 2");
    }

    @Test
    void aCommitIsNotAppliedTwice() {
        maintainer.apply(List.of(create(), commit(1, List.of("a"), List.of())));

        assertThatThrownBy(() -> maintainer.apply(List.of(commit(1, List.of("a"), List.of()))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(state().cube().rows()).isEqualTo(1);
    }

    @Test
    void reconcilingCountsOnlyWhatIsNotKnown() {
        maintainer.apply(List.of(create(), commit(1, List.of("a", "b"), List.of())));
        counted.clear();
        maintainer.reconcile(snapshot("t1", 9, "b", "c"), false);

        assertThat(counted).containsExactly("c");
        assertThat(state().cube().rows()).isEqualTo(2);
        assertThat(state().version()).isEqualTo(9);
        assertThat(steps.get(1).newEpoch()).isFalse();
        assertThat(steps.get(1).state().epoch()).isEqualTo(steps.get(0).state().epoch());
        assertThat(statistics.reconciles()).isEqualTo(1);
    }

    @Test
    void anotherHistoryIsAnotherEpoch() {
        maintainer.reconcile(snapshot("t1", 9, "a"), true);
        maintainer.reconcile(snapshot("t2", 3, "b", "c"), true);

        assertThat(steps.get(1).newEpoch()).isTrue();
        assertThat(steps.get(1).state().epoch())
                .isNotEqualTo(steps.get(0).state().epoch());
        assertThat(state().cube().rows()).isEqualTo(2);
        assertThat(maintainer.position()).contains(new Position("t2", 3, "v3"));
    }

    @Test
    void aSnapshotWithManyFilesIsCountedWithProgressAndNothingTwice() {
        String[] files = new String[3000];
        Arrays.setAll(files, i -> "f" + i);
        maintainer.reconcile(snapshot("t1", 9, files), true);

        assertThat(state().cube().rows()).isEqualTo(3000);
        assertThat(counted).hasSize(3000);
        assertThat(statistics.filesScanned()).isEqualTo(3000);
    }

    @Test
    void aColumnThatVanishesStopsBeforeTheCommit() {
        maintainer.apply(List.of(create(), commit(1, List.of("a"), List.of())));
        TableMetadata without = metadata("t1", column("other"));

        assertThatThrownBy(() -> maintainer.apply(List.of(commit(2, Optional.of(without), List.of("b"), List.of()))))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("Column 'channel', used by dimension 'channel', was dropped");
        assertThat(state().version()).isEqualTo(1);
    }

    @Test
    void anOverwriteThatLeavesNothingMayHaveOtherColumns() {
        maintainer.apply(List.of(create(), commit(1, List.of("a", "b"), List.of())));
        TableMetadata other = metadata("t1", replaced("channel"));
        maintainer.apply(List.of(commit(2, Optional.of(other), List.of("c"), List.of("a", "b"))));

        assertThat(state().version()).isEqualTo(2);
        assertThat(state().cube().rows()).isEqualTo(1);
    }

    @Test
    void anOverwriteThatLeavesAFileMayNot() {
        maintainer.apply(List.of(create(), commit(1, List.of("a", "b"), List.of())));
        TableMetadata other = metadata("t1", replaced("channel"));

        assertThatThrownBy(() -> maintainer.apply(List.of(commit(2, Optional.of(other), List.of("c"), List.of("a")))))
                .isInstanceOf(ColumnMismatchException.class)
                .hasMessageContaining("another column was added under its name");
        assertThat(state().version()).isEqualTo(1);
    }

    @Test
    void aSnapshotOfWhichNothingWasCountedMayHaveOtherColumns() {
        maintainer.apply(List.of(create(), commit(1, List.of("a", "b"), List.of())));
        TableMetadata other = metadata("t1", replaced("channel"));

        assertThatThrownBy(() -> maintainer.reconcile(snapshot(other, 8, "b", "c"), false))
                .isInstanceOf(ColumnMismatchException.class);
        maintainer.reconcile(snapshot(other, 9, "c", "d"), false);

        assertThat(state().version()).isEqualTo(9);
        assertThat(state().cube().rows()).isEqualTo(2);
        assertThat(counted).contains("c", "d");
    }

    @Test
    void whatIsKnownOfTheTableOutlivesARestart() {
        maintainer.apply(List.of(create(), commit(1, List.of("a"), List.of())));
        close();
        open();
        maintainer.apply(List.of(commit(2, List.of("b"), List.of("a"))));

        assertThat(state().metadata().id()).isEqualTo("t1");
        assertThat(state().cube().rows()).isEqualTo(1);
    }

    @Test
    void aListenerThatThrowsHarmsNeitherTheStepNorTheOthers() {
        maintainer.close();
        listeners.add(0, step -> {
            throw new IllegalStateException("listener");
        });
        maintain();
        maintainer.apply(List.of(create(), commit(1, List.of("a"), List.of())));

        assertThat(steps).hasSize(1);
        assertThat(state().version()).isEqualTo(1);
    }

    @Test
    void whatHasNoEffectIsCountedForTheMetrics() {
        maintainer.apply(List.of(create(), commit(1, List.of("a"), List.of())));
        maintainer.apply(List.of(commit(2, List.of("a"), List.of("never"))));

        assertThat(state().cube().rows()).isEqualTo(1);
        assertThat(statistics.addsWithoutEffect()).isEqualTo(1);
        assertThat(statistics.removesWithoutEffect()).isEqualTo(1);
        assertThat(statistics.unknownActions()).isEqualTo(3);
        assertThat(statistics.commits()).isEqualTo(3);
        assertThat(statistics.steps()).isEqualTo(2);
    }

    private ViewState state() {
        return store.state().orElseThrow();
    }

    /** One row a file, whose channel is the file's name. */
    private FileCounter counter() {
        return (file, table) -> {
            if (missing.contains(file.path())) {
                throw new MissingDataFileException(file.path() + " is not there", null);
            }
            counted.add(file.path());
            return new FileCounts(
                    1,
                    List.<String[]>of(new String[] {null, file.path()}),
                    new int[][] {{1}},
                    new long[] {5},
                    new int[] {0},
                    new long[] {1},
                    new long[0]);
        };
    }

    private static Commit create() {
        return commit(0, Optional.of(metadata("t1", column("channel"))), List.of(), List.of());
    }

    private static Commit commit(long version, List<String> adds, List<String> removes) {
        return commit(version, Optional.empty(), adds, removes);
    }

    private static Commit commit(
            long version, Optional<TableMetadata> metadata, List<String> adds, List<String> removes) {
        return new Commit(
                version,
                Instant.ofEpochSecond(version),
                "v" + version,
                adds.stream().map(ViewMaintainerTest::file).toList(),
                removes.stream().map(path -> file(path).id()).toList(),
                metadata,
                Optional.empty(),
                Optional.empty(),
                1);
    }

    private static DataFile file(String path) {
        return new DataFile(path, Optional.empty(), Map.of(), 10, Optional.empty());
    }

    /** With a schema that can be stored and parsed again. */
    private static TableMetadata metadata(String id, Column... columns) {
        String fields = Arrays.stream(columns)
                .map(column ->
                        "{\"name\":\"" + column.name() + "\",\"type\":\"string\",\"nullable\":true,\"metadata\":{}}")
                .reduce((a, b) -> a + "," + b)
                .orElse("");
        return new TableMetadata(
                id,
                "{\"type\":\"struct\",\"fields\":[" + fields + "]}",
                Arrays.asList(columns),
                List.of(),
                Map.of(),
                false);
    }

    private static Column column(String name) {
        return new Column(name, name, OptionalInt.empty(), ColumnType.STRING, "string");
    }

    /** Dropped, and added again. */
    private static Column replaced(String name) {
        return new Column(name, "col-2", OptionalInt.empty(), ColumnType.STRING, "string");
    }

    private static TableSnapshot snapshot(String id, long version, String... paths) {
        return snapshot(metadata(id, column("channel")), version, paths);
    }

    private static TableSnapshot snapshot(TableMetadata metadata, long version, String... paths) {
        return new TableSnapshot() {
            @Override
            public long version() {
                return version;
            }

            @Override
            public Instant committedAt() {
                return Instant.ofEpochSecond(version);
            }

            @Override
            public String fingerprint() {
                return "v" + version;
            }

            @Override
            public TableMetadata metadata() {
                return metadata;
            }

            @Override
            public TableProtocol protocol() {
                return new TableProtocol(1, Set.of());
            }

            @Override
            public Iterator<DataFile> files() {
                return Arrays.stream(paths).map(ViewMaintainerTest::file).iterator();
            }

            @Override
            public void close() {}
        };
    }
}
