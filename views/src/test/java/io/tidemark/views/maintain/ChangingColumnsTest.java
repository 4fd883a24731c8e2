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

/** Columns that come, go, and become others while the table is followed (FAULTS 24 and 25), on real files. */
class ChangingColumnsTest {
    @TempDir
    private Path directory;

    @AutoClose
    private FollowedTable it;

    @BeforeEach
    void open() throws IOException, SQLException {
        it = new FollowedTable(directory);
    }

    private void columns(String... columns) throws IOException {
        it.table.columns(columns);
        it.table.commit();
    }

    /** FAULTS 24. */
    @Test
    void rowsFromBeforeADimensionCameAreNullInIt() throws Exception {
        columns("ts:timestamp", "channel:string");
        it.append(20).settled();
        assertThat(it.followed.counts().sessions()).isZero();
        columns("ts:timestamp", "channel:string", "type:string");
        it.append(30).settled();
        columns(WrittenTable.COLUMNS);
        it.append(25).settled();
        it.table.remove(it.table.liveFiles().get(0));
        it.table.commit();
        it.settled();

        assertThat(it.followed.counts().types()).hasSizeGreaterThan(2);
        assertThat(it.followed.counts().sessions()).isPositive();
    }

    /** FAULTS 24: columns that are not counted may come and go. */
    @Test
    void aColumnThatNobodyCountsChangesNothing() throws Exception {
        it.append(20);
        columns("ts:timestamp", "channel:string", "type:string", "session:string", "more:string");
        it.append(21).settled();
        columns(WrittenTable.COLUMNS);
        it.append(22).settled();
    }

    /** FAULTS 24. */
    @Test
    void aDimensionThatBecomesAWiderIntegerKeepsItsGroups() throws Exception {
        columns("ts:timestamp", "channel:integer", "type:string", "session:string");
        it.append(50).settled();
        columns("ts:timestamp", "channel:long", "type:string", "session:string");
        it.append(60).settled();

        assertThat(it.followed.counts().channels()).hasSize(7);
    }

    /** FAULTS 25: the views stay as they were, and go on when the change is undone. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ts:timestamp channel:string session:string                     | 'type' was dropped. Columns now: ts, channel, session.
                    ts:timestamp channel:string type:integer session:string        | was string and is integer now.
                    ts:string channel:string type:string session:string            | Column 'ts' is of type string
                    ts:timestamp channel:string kind:string:type session:string    | was renamed to 'kind'.
                    ts:timestamp channel:string type:string:other session:string   | another column was added under its name.
                    ts:timestamp channel:string type:string                        | used by the distinct count
                    """)
    void aCountedColumnThatGoesOrBecomesAnotherStopsBeforeThatCommit(String columns, String why) throws Exception {
        it.append(20).settled();
        Recount before = it.followed.counts();
        it.table.columns(columns.split(" "));
        it.table.write(15, 3);
        it.table.commit();

        String reason = it.stoppedAt(1, before);
        assertThat(reason.replace(", used by dimension 'type',", "")).contains(why.strip());
        it.followed.restart();
        assertThat(it.stoppedAt(1, before)).isEqualTo(reason);

        it.table.rollBackTo(1);
        it.append(7).settled();
    }

    /** FAULTS 25 and 18: a restored copy may be from before a column came. */
    @Test
    void aCopyFromBeforeADimensionCameIsCountedAnew() throws Exception {
        columns("ts:timestamp", "channel:string");
        it.append(20);
        Path backup = directory.resolve("backup");
        FollowedTable.copy(it.root, backup);
        long version = it.table.version();
        columns(WrittenTable.COLUMNS);
        it.append(30).settled();
        String epoch = it.epoch();

        Files.move(it.root, directory.resolve("lost"));
        Files.move(backup, it.root);
        it.table.rollBackTo(version);
        it.later(FollowedTable.IDLE_CHECKS);

        it.assertEqualsTable();
        assertThat(it.epoch()).isNotEqualTo(epoch);
    }
}
