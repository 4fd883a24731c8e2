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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another table where the followed one was (FAULTS 19 and 20), on real files that have the names of those before. */
class OtherTableTest {
    @TempDir
    private Path directory;

    @AutoClose
    private FollowedTable it;

    @BeforeEach
    void open() throws IOException, SQLException {
        it = new FollowedTable(directory);
        it.append(20).append(30).append(10).settled();
    }

    private WrittenTable another(int commits) throws IOException, SQLException {
        WrittenTable other = new WrittenTable(directory.resolve("other"), "another-table");
        for (int i = 1; i <= commits; i++) {
            other.write(40 + i, 91 * i);
            other.commit();
        }
        return other;
    }

    /** FAULTS 19: at a lower, at the same, and at a higher version than ours. */
    @ParameterizedTest
    @CsvSource({"1,false", "1,true", "3,false", "3,true", "8,false", "8,true"})
    void aRecreatedTableIsCountedAnewAndAnnouncedAsANewEpoch(int commits, boolean stopped) throws Exception {
        String epoch = it.epoch();
        it.replaceBy(another(commits));
        if (stopped) {
            it.followed.restart();
        }
        it.later(FollowedTable.IDLE_CHECKS);

        it.assertEqualsTable();
        assertThat(it.epoch()).isNotEqualTo(epoch);
        it.append(9).settled();
    }

    /** FAULTS 19, while the next commits of the table before are waiting to be applied. */
    @Test
    void aTableThatIsRecreatedBeforeItWasReadToItsEndLeavesNothingBehind() throws Exception {
        it.append(5).append(6);
        it.replaceBy(another(7));

        it.settled();
    }

    /** FAULTS 19. */
    @Test
    void aTableThatVanishedIsServedAsItWasUntilItComesBack() throws Exception {
        String epoch = it.epoch();
        Recount before = it.followed.counts();
        Path away = directory.resolve("away");
        Files.move(it.root, away);
        it.clock.advance(FollowedTable.IDLE_CHECKS);

        assertThat(it.stoppedAt(3, before)).contains("The table is gone", "Restore it");
        Files.move(away, it.root);
        it.append(8).settled();
        assertThat(it.epoch()).as("it is the same table").isEqualTo(epoch);
    }

    /** FAULTS 20: as CREATE OR REPLACE does. */
    @Test
    void aTableThatIsReplacedWithinItsLogIsANewEpoch() throws Exception {
        String epoch = it.epoch();
        it.append(4);
        it.table.replace("table-2");
        it.table.write(17, 5);
        it.table.commit();
        it.append(3).settled();

        assertThat(it.epoch()).isNotEqualTo(epoch);
    }

    /** FAULTS 20: nothing but the id changes. */
    @Test
    void anotherIdOverTheSameFilesIsANewEpochWithTheSameNumbers() throws Exception {
        String epoch = it.epoch();
        Recount before = it.followed.counts();
        it.table.id("table-2");
        it.table.commit();
        it.settled();

        assertThat(it.followed.counts()).isEqualTo(before);
        assertThat(it.epoch()).isNotEqualTo(epoch);
    }

    /** FAULTS 20: what replaces the table cannot be read. */
    @Test
    void aReplacementThatCannotBeReadStopsBeforeItAndChangesNothing() throws Exception {
        String epoch = it.epoch();
        Recount before = it.followed.counts();
        it.table.replace("table-2");
        it.table.forget();
        it.table.columns("ts:timestamp", "channel:string", "type:string", "session:string", "odd:fancy");
        it.table.commit();

        assertThat(it.stoppedAt(3, before)).contains("4").doesNotContain("Exception");
        assertThat(it.epoch()).isEqualTo(epoch);

        it.table.rollBackTo(3);
        it.append(12).settled();
    }
}
