package io.tidemark.views.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data files that are gone when, or before, the log speaks of them (FAULTS 14 and 15), on real files. */
class VanishedFilesTest {
    @TempDir
    private Path directory;

    @AutoClose
    private FollowedTable it;

    @BeforeEach
    void open() throws IOException, SQLException {
        it = new FollowedTable(directory);
        it.append(20).append(30).settled();
    }

    /** FAULTS 14. */
    @Test
    void aRemovedFileThatVacuumDeletedBeforeTheRemoveWasReadIsTakenBackExactly() throws Exception {
        it.table.remove(it.table.liveFiles().get(0));
        it.table.commit();
        it.table.vacuum();
        it.settled();

        it.append(9);
        it.table.remove(it.table.liveFiles().get(0));
        it.table.commit();
        it.table.vacuum();
        it.followed.restart();
        it.settled();
    }

    /** FAULTS 14: rows of it are deleted, and then the whole file. */
    @Test
    void aFileWithDeletedRowsIsTakenBackExactlyAfterVacuum() throws Exception {
        String file = it.table.liveFiles().get(0);
        it.table.deleteRow(file, 3);
        it.table.commit();
        it.settled();
        it.table.remove(file);
        it.table.commit();
        it.table.vacuum();
        it.settled();
    }

    /** FAULTS 14: a slow reader and a quick VACUUM. */
    @Test
    void aFileThatCameAndWentBeforeItWasReadIsNotMissed() throws Exception {
        String file = it.table.write(15, 4);
        it.table.commit();
        it.append(6);
        it.table.remove(file);
        it.table.commit();
        it.table.vacuum();
        it.settled();
    }

    /** FAULTS 14: the commit that removes it cannot be applied together with the one that adds it. */
    @Test
    void aFileThatCameAndWentAcrossAChangeOfMetadataIsNotMissed() throws Exception {
        String file = it.table.write(15, 4);
        it.table.commit();
        it.table.metadata("another note");
        it.table.commit();
        it.table.remove(file);
        it.table.commit();
        it.table.vacuum();
        String epoch = it.epoch();
        it.settled();
        assertThat(it.epoch()).isEqualTo(epoch);
    }

    /** FAULTS 15: no version in between is served, and none is skipped for good. */
    @Test
    void aLiveFileThatIsGoneStopsBeforeItsCommitUntilItIsBack() throws Exception {
        Recount before = it.followed.counts();
        String here = it.table.write(7, 1);
        String gone = it.table.write(8, 2);
        it.table.commit();
        it.append(5);
        Path away = directory.resolve("away");
        Files.move(it.root.resolve(gone), away);

        assertThat(it.stoppedAt(2, before))
                .contains("'" + gone + "' is not there", "Restore it")
                .doesNotContain(here);
        it.followed.restart();
        assertThat(it.stoppedAt(2, before)).contains(gone);

        Files.move(away, it.root.resolve(gone));
        it.settled();
    }

    /** FAULTS 15: its rows were counted when it came. */
    @Test
    void aLiveFileThatGoesAfterItWasCountedIsNotMissed() throws Exception {
        String gone = it.table.liveFiles().get(0);
        Recount before = it.followed.counts();
        Files.delete(it.root.resolve(gone));
        it.followed.restart();
        it.followed.settle();
        assertThat(it.followed.counts()).isEqualTo(before);

        it.table.remove(gone);
        it.table.commit();
        it.settled();
    }

    /** FAULTS 15: the first count of a table. */
    @Test
    void aTableWithALiveFileGoneIsNotServedInPart() throws Exception {
        String gone = it.table.liveFiles().get(1);
        Path away = directory.resolve("away");
        Files.move(it.root.resolve(gone), away);
        it.startAnew();

        assertThat(it.stopped()).contains("'" + gone + "' is not there");
        assertThat(it.followed.hasState()).isFalse();
        Files.move(away, it.root.resolve(gone));
        it.settled();
    }
}
