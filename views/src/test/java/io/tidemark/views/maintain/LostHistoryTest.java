package io.tidemark.views.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.tail.TailState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits that are missing from the log, or are not those that were applied (FAULTS 16 to 18), on real files. */
class LostHistoryTest {
    @TempDir
    private Path directory;

    @AutoClose
    private FollowedTable it;

    @BeforeEach
    void open() throws IOException, SQLException {
        it = new FollowedTable(directory);
        it.append(20).append(30).settled();
    }

    /** FAULTS 16. */
    @Test
    void aLogThatWasCleanedUpPastTheAppliedVersionWhileStoppedIsGoneOnFromItsCheckpoint() throws Exception {
        String epoch = it.epoch();
        it.append(10);
        it.table.remove(it.table.liveFiles().get(0));
        it.table.commit();
        it.table.checkpoint();
        it.append(5);
        it.table.cleanUp(it.table.version() - 2);
        it.table.vacuum();

        it.followed.restart();
        it.settled();

        assertThat(it.epoch()).as("the same history").isEqualTo(epoch);
        assertThat(it.followed.statistics().filesScanned())
                .as("counted before: 2")
                .isEqualTo(2 + 2);
        it.append(7).settled();
    }

    /** FAULTS 16. */
    @Test
    void aLogThatIsCleanedUpPastTheAppliedVersionWhileItIsFollowedIsGoneOnFromItsCheckpoint() throws Exception {
        String epoch = it.epoch();
        it.append(10).append(11);
        it.table.checkpoint();
        it.append(12);
        it.table.cleanUp(it.table.version() - 2);

        it.later(FollowedTable.IDLE_CHECKS);
        assertThat(it.followed.status().state()).isEqualTo(TailState.CATCHING_UP);
        it.later(FollowedTable.GAP_SETTLED);

        it.assertEqualsTable();
        assertThat(it.epoch()).isEqualTo(epoch);
    }

    /** FAULTS 16: another table whose log begins just after the version that was applied. */
    @Test
    void aLogThatBeginsRightAfterTheAppliedVersionIsNotTakenForItsContinuation() throws Exception {
        String epoch = it.epoch();
        WrittenTable other = new WrittenTable(directory.resolve("other"), "another-table");
        for (int v = 1; v <= 4; v++) {
            other.write(40 + v, 77 * v);
            other.commit();
            if (v == 3) {
                other.checkpoint();
            }
        }
        other.cleanUp(it.version());
        it.replaceBy(other);

        it.settled();
        assertThat(it.epoch()).isNotEqualTo(epoch);
    }

    /** FAULTS 16: without a checkpoint nothing can be gone on from. */
    @Test
    void aLogThatWasCleanedUpWithoutACheckpointStopsAndKeepsWhatWasApplied() throws Exception {
        Recount before = it.table.recount();
        it.append(10).append(11);
        it.table.cleanUp(it.table.version() - 1);

        it.followed.restart();

        assertThat(it.stopped()).contains("version");
        assertThat(it.version()).isEqualTo(2);
        assertThat(it.followed.counts()).isEqualTo(before);
    }

    /** FAULTS 17. */
    @Test
    void aMissingVersionIsWaitedForAndNotJumpedOver() throws Exception {
        Recount before = it.table.recount();
        it.append(10).append(11);
        Path aside = directory.resolve("aside.json");
        Files.move(it.table.commitFile(3), aside);

        it.later(FollowedTable.IDLE_CHECKS);
        assertThat(it.followed.status().state()).isEqualTo(TailState.CATCHING_UP);
        assertThat(it.followed.counts()).isEqualTo(before);
        Files.move(aside, it.table.commitFile(3));

        it.settled();
    }

    /** FAULTS 17: no checkpoint knows what the missing commit did. */
    @Test
    void aVersionThatStaysMissingStopsTheTailerUntilItIsThere() throws Exception {
        Recount before = it.table.recount();
        it.append(10).append(11);
        Path aside = directory.resolve("aside.json");
        Files.move(it.table.commitFile(3), aside);

        it.later(FollowedTable.IDLE_CHECKS);
        it.clock.advance(FollowedTable.GAP_SETTLED);
        for (int look = 0; look < 3; look++) {
            assertThat(it.stopped())
                    .contains("table@3] ")
                    .contains("00000000000000000003.json", "is missing", "goes on after it")
                    .contains("Restore");
            assertThat(it.followed.counts()).isEqualTo(before);
            it.clock.advance(FollowedTable.IDLE_CHECKS);
        }
        Files.move(aside, it.table.commitFile(3));
        it.settled();
    }

    /** FAULTS 17: a first start finds a table whose log has a hole. */
    @Test
    void aTableWithAHoleInItsLogIsServedUpToTheHoleAndNotBeyond() throws Exception {
        it.append(10).append(11);
        Files.delete(it.table.commitFile(3));
        it.startAnew();
        it.followed.settle();
        assertThat(it.followed.status().state()).isEqualTo(TailState.CATCHING_UP);
        it.clock.advance(FollowedTable.GAP_SETTLED);

        assertThat(it.stopped()).contains("is missing");
        assertThat(it.version()).isEqualTo(2);
    }

    /** FAULTS 18. */
    @Test
    void aLastCommitThatWasRewrittenIsANewEpochWithTheNumbersOfWhatIsThere() throws Exception {
        String epoch = it.epoch();
        it.table.rollBackTo(1);
        it.append(44);

        it.later(FollowedTable.IDLE_CHECKS);

        it.assertEqualsTable();
        assertThat(it.version()).isEqualTo(2);
        assertThat(it.epoch()).isNotEqualTo(epoch);
    }

    /** FAULTS 18. */
    @Test
    void aLastCommitThatWasRewrittenAndBuiltUponAtOnceIsNoticedBeforeAnythingIsApplied() throws Exception {
        String epoch = it.epoch();
        it.table.rollBackTo(1);
        it.append(44).append(45).append(46).settled();
        assertThat(it.epoch()).isNotEqualTo(epoch);
    }

    /** FAULTS 18. */
    @Test
    void aLogThatWasRolledBackIsANewEpochAtAnEarlierVersion() throws Exception {
        String epoch = it.epoch();
        it.table.rollBackTo(1);

        it.later(FollowedTable.IDLE_CHECKS);

        it.assertEqualsTable();
        assertThat(it.version()).isEqualTo(1);
        assertThat(it.epoch()).isNotEqualTo(epoch);
    }

    /** FAULTS 18. */
    @Test
    void aBucketThatWasRestoredFromAnOlderCopyIsANewEpochWhileStoppedAndWhileFollowed() throws Exception {
        for (boolean stopped : new boolean[] {false, true}) {
            Path backup = directory.resolve("backup-" + stopped);
            FollowedTable.copy(it.root, backup);
            long version = it.table.version();
            it.table.remove(it.table.liveFiles().get(0));
            it.table.commit();
            it.append(10).append(11).settled();
            String epoch = it.epoch();

            Files.move(it.root, directory.resolve("lost-" + stopped));
            Files.move(backup, it.root);
            it.table.rollBackTo(version);
            if (stopped) {
                it.followed.restart();
            }
            it.later(FollowedTable.IDLE_CHECKS);

            it.assertEqualsTable();
            assertThat(it.epoch()).isNotEqualTo(epoch);
            it.append(9).settled();
        }
    }
}
