package io.tidemark.views.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.log.FileId;
import io.tidemark.ingest.tail.TailState;
import io.tidemark.views.Seed;
import io.tidemark.views.maintain.WrittenTable;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.FileKey;
import io.tidemark.views.store.LiveFile;
import io.tidemark.views.store.PinnedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real tables through tail, scan, merge and replica; what DuckDB counts is what they have to come to. */
class StreamTopologyTest {
    @TempDir
    private Path directory;

    private WrittenTable table;
    private DrivenCluster cluster;

    @BeforeEach
    void open() throws IOException, SQLException {
        table = new WrittenTable(directory.resolve("table"));
        cluster = new DrivenCluster(directory);
    }

    @AfterEach
    void close() throws SQLException {
        cluster.close();
        table.close();
    }

    private void settled() throws SQLException {
        cluster.until(table.version());
        assertThat(cluster.counts()).isEqualTo(table.recount());
        assertThat(cluster.state().files()).isEqualTo(table.liveFiles().size());
    }

    @Test
    void everyVersionOfARandomHistoryEqualsARecount() throws Exception {
        Random random = Seed.random("StreamTopologyTest");
        cluster.follow(table.root());
        for (int commit = 0; commit < 25; commit++) {
            change(random);
            table.commit();
            if (random.nextInt(3) > 0) {
                settled();
            }
        }
        settled();
        assertThat(cluster.steps).extracting(Applied::newEpoch).containsOnlyOnce(true);
    }

    private void change(Random random) throws Exception {
        for (int i = random.nextInt(3); i >= 0; i--) {
            table.write(1 + random.nextInt(200), random.nextLong());
        }
        List<String> live = new ArrayList<>(table.untouched(table.liveFiles()));
        if (!live.isEmpty()) {
            String file = live.get(random.nextInt(live.size()));
            switch (random.nextInt(4)) {
                case 0 -> table.remove(file);
                case 1 -> table.deleteRow(file, random.nextInt(table.rowsWritten(file)));
                case 2 -> table.metadata("note " + random.nextInt());
                default -> {
                    // Only what is new.
                }
            }
        }
    }

    @Test
    void aDeletionVectorThatChangesInACommitCountsThePathOnce() throws Exception {
        String file = table.write(100, 1);
        table.commit();
        cluster.follow(table.root());
        settled();

        table.deleteRow(file, 5);
        table.turnAround();
        table.commit();

        settled();
        assertThat(cluster.state().cube().rows()).isEqualTo(99);
    }

    @Test
    void afterAGapTheViewsAreBroughtToTheNewestSnapshot() throws Exception {
        String first = table.write(50, 1);
        table.commit();
        cluster.follow(table.root());
        settled();
        String epoch = cluster.state().epoch();

        table.remove(first);
        table.write(70, 2);
        table.commit();
        table.write(30, 3);
        table.commit();
        table.checkpoint();
        table.cleanUp(table.version() - 1);

        settled();
        assertThat(cluster.state().epoch()).isEqualTo(epoch);
    }

    @Test
    void aTableThatIsMadeAnewBeginsAnEpoch() throws Exception {
        table.write(50, 1);
        table.commit();
        cluster.follow(table.root());
        settled();
        String epoch = cluster.state().epoch();

        table.replace("another-table");
        table.write(20, 2);
        table.commit();

        settled();
        assertThat(cluster.state().epoch()).isNotEqualTo(epoch);
        assertThat(cluster.steps.get(cluster.steps.size() - 1).newEpoch()).isTrue();
    }

    @Test
    void aFileThatIsGoneBeforeItWasReadIsNotNeededOnceItHasLeftTheTable() throws Exception {
        table.write(40, 1);
        table.commit();
        cluster.follow(table.root());
        settled();
        long served = table.version();

        String gone = table.write(30, 2);
        Path bytes = table.root().resolve(gone);
        Path hidden = directory.resolve("hidden");
        table.commit();
        Files.move(bytes, hidden);
        cluster.tick();
        cluster.tick();
        assertThat(cluster.shown()).isEqualTo(served);
        assertThat(cluster.status().state()).isEqualTo(TailState.STALE);
        assertThat(cluster.status().reason().orElseThrow()).contains(gone);

        table.write(10, 3);
        table.remove(gone);
        table.commit();

        settled();
        assertThat(cluster.status().state()).isEqualTo(TailState.LIVE);
    }

    @Test
    void aFileThatComesBackIsCountedThen() throws Exception {
        String late = table.write(30, 2);
        Path bytes = table.root().resolve(late);
        Path hidden = directory.resolve("hidden");
        table.commit();
        Files.move(bytes, hidden);
        cluster.follow(table.root());
        cluster.tick();
        assertThat(cluster.status().state()).isEqualTo(TailState.STALE);

        Files.move(hidden, bytes);

        settled();
        assertThat(cluster.status().state()).isEqualTo(TailState.LIVE);
    }

    @Test
    void aTableThatIsRemovedFromTheClusterIsFollowedNoLonger() throws Exception {
        table.write(30, 1);
        table.commit();
        cluster.follow(table.root());
        settled();
        long served = table.version();

        cluster.unfollow();
        table.write(10, 2);
        table.commit();
        cluster.tick();
        cluster.tick();

        assertThat(cluster.shown()).isEqualTo(served);
        assertThat(cluster.sent.stream()
                        .filter(record -> CubeKey.decode(record.key()).kind() == CubeKey.Kind.VERSION)
                        .reduce((a, b) -> b)
                        .orElseThrow()
                        .value())
                .isNull();
    }

    @Test
    void aReplicaHasTheListOfTheLiveFiles() throws Exception {
        String file = table.write(30, 1);
        table.write(10, 2);
        table.commit();
        table.remove(file);
        table.commit();
        cluster.follow(table.root());
        settled();

        List<String> paths = new ArrayList<>();
        try (PinnedFiles pinned = cluster.replica().store().pin().orElseThrow()) {
            pinned.forEach(live -> paths.add(live.file().path()));
        }

        assertThat(paths).containsExactlyInAnyOrderElementsOf(table.liveFiles());
    }

    @Test
    void theLedgerKnowsWhatIsInEachLiveFileAndInNoOther() throws Exception {
        String gone = table.write(30, 1);
        table.write(10, 2);
        table.commit();
        table.remove(gone);
        table.commit();
        cluster.follow(table.root());
        settled();

        List<LiveFile> live = new ArrayList<>();
        try (PinnedFiles pinned = cluster.replica().store().pin().orElseThrow()) {
            pinned.forEach(live::add);
        }
        for (LiveFile file : live) {
            FileShare known = FileShare.decode(Chunks.joined(ScanShelf.counted(
                    cluster.ledger(), DrivenCluster.REF, FileKey.of(file.file().id()))));
            assertThat(known.file().path()).isEqualTo(file.file().path());
            assertThat(known.counts().rows()).isEqualTo(file.rows());
        }
        FileId removed = new FileId(gone, Optional.empty());
        assertThat(ScanShelf.counted(cluster.ledger(), DrivenCluster.REF, FileKey.of(removed)))
                .isEmpty();
    }

    @Test
    void aColumnThatCannotBeCountedAnyMoreStopsTheTableWithAReason() throws Exception {
        table.write(30, 1);
        table.commit();
        cluster.follow(table.root());
        settled();
        long served = table.version();

        table.columns("ts:timestamp", "channel:string", "session:string");
        table.write(10, 2);
        table.commit();
        cluster.tick();
        cluster.tick();

        assertThat(cluster.shown()).isEqualTo(served);
        assertThat(cluster.status().state()).isEqualTo(TailState.STALE);
        assertThat(cluster.status().reason().orElseThrow()).contains("'type'");
    }
}
