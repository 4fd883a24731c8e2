package io.tidemark.views.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.tail.TailState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a log may say or hold that is odd and not wrong, and what is wrong for good, on real files. */
class OddLogTest {
    @TempDir
    private Path directory;

    @AutoClose
    private FollowedTable it;

    @BeforeEach
    void open() throws IOException, SQLException {
        it = new FollowedTable(directory);
        it.append(20).append(30).settled();
    }

    /** FAULTS 4. */
    @Test
    void oneFileAddedTwiceInACommitStopsInsteadOfCountingTwice() throws Exception {
        Recount before = it.followed.counts();
        String file = it.table.liveFiles().get(0);
        it.table.addAgain(file);
        it.table.addAgain(file);
        it.table.commit();

        assertThat(it.stoppedAt(2, before)).contains(file, "00000000000000000003.json");
        it.table.rollBackTo(2);
        it.append(5).settled();
    }

    /** FAULTS 5, 6 and 8. */
    @Test
    void addingWhatIsThereAndRemovingWhatIsNotChangeNothing() throws Exception {
        String file = it.table.liveFiles().get(0);
        it.table.addAgain(file);
        it.table.action("{\"remove\":{\"path\":\"never.parquet\",\"dataChange\":true,\"deletionTimestamp\":0}}");
        it.table.commit();
        it.settled();
        it.table.remove(file);
        it.table.action("{\"remove\":{\"path\":\"" + file + "\",\"dataChange\":true,\"deletionTimestamp\":0}}");
        it.table.commit();
        it.settled();
        it.table.remove(file);
        it.table.commit();
        it.settled();
        it.table.add(file, new TreeSet<>());
        it.table.commit();
        it.settled();

        assertThat(it.followed.statistics().addsWithoutEffect()).isEqualTo(1);
        assertThat(it.followed.statistics().removesWithoutEffect()).isEqualTo(2);
    }

    /** FAULTS 7 and 11: both line orders, dozens of times. */
    @Test
    void aDeletionVectorIsReplacedByALargerOneInEitherLineOrder() throws Exception {
        String file = it.table.liveFiles().get(1);
        for (int row = 0; row < 25; row++) {
            it.table.deleteRow(file, row);
            if (row % 2 == 1) {
                it.table.turnAround();
            }
            it.table.commit();
            if (row % 3 == 0) {
                it.settled();
            }
        }
        it.settled();
        assertThat(it.followed.counts().rows()).isEqualTo(20 + 5);
    }

    /** FAULTS 9: what was not counted as a change cannot be taken back later. */
    @Test
    void optimizeChangesNothingAndWhatIsDeletedAfterItIsTakenBack() throws Exception {
        Recount before = it.followed.counts();
        it.table.compact();
        it.table.commit();
        it.settled();
        assertThat(it.followed.counts()).isEqualTo(before);

        it.table.deleteRow(it.table.liveFiles().get(0), 7);
        it.table.commit();
        it.settled();
        it.table.remove(it.table.liveFiles().get(0));
        it.table.commit();
        it.settled();
        assertThat(it.followed.counts().rows()).isZero();
    }

    /** FAULTS 21 and 23. */
    @ParameterizedTest
    @ValueSource(strings = {"foo", "catalogManaged", "catalogOwned-preview"})
    void aReaderFeatureFromTheFutureStopsBeforeTheCommitThatBringsIt(String feature) throws Exception {
        Recount before = it.followed.counts();
        it.table.action("{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"" + feature
                + "\"],\"writerFeatures\":[\"" + feature + "\"]}}");
        it.table.write(9, 1);
        it.table.commit();

        assertThat(it.stoppedAt(2, before)).contains("table@3] Reader feature '" + feature + "' is not supported");
        it.followed.restart();
        assertThat(it.stoppedAt(2, before)).contains("'" + feature + "'");
    }

    /** FAULTS 22. */
    @Test
    void featuresForWritersDoNotConcernAReader() throws Exception {
        it.table.action("{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":"
                + "[\"deletionVectors\"],\"writerFeatures\":[\"deletionVectors\",\"onlyForWriters\"]}}");
        it.append(9).settled();
    }

    /** FAULTS 26. */
    @Test
    void commitsAreInTheOrderOfTheirVersionsWhateverTheClocksSay() throws Exception {
        List<Duration> skews = List.of(
                Duration.ZERO, Duration.ofDays(1), Duration.ofDays(-1), Duration.ZERO, Duration.ofDays(-20_000));
        for (Duration skew : skews) {
            it.append(5);
            Instant written = it.clock.instant().plus(skew);
            Files.setLastModifiedTime(it.table.commitFile(it.table.version()), FileTime.from(written));
            it.settled();
        }
        it.append(6).append(7);
        for (long version = it.table.version() - 1; version <= it.table.version(); version++) {
            Files.setLastModifiedTime(it.table.commitFile(version), FileTime.from(it.clock.instant()));
        }
        it.settled();
        assertThat(it.followed.status().currentAt().orElseThrow()).isBeforeOrEqualTo(it.clock.instant());
    }

    /** FAULTS 31. */
    @Test
    void junkInTheLogFolderIsNotPartOfTheLog() throws Exception {
        Path log = it.root.resolve("_delta_log");
        for (String name : List.of(
                "._00000000000000000003.json",
                ".00000000000000000003.json.crc",
                "00000000000000000003.crc",
                "00000000000000000003.json.tmp",
                "00000000000000000005.json.bak",
                "00000000000000000000.00000000000000000009.compacted.json",
                "00000000000000000007.checkpoint.parquet.tmp",
                "x.json.tmp",
                "7.json")) {
            Files.writeString(log.resolve(name), "junk");
        }
        for (String folder :
                List.of("_staged_commits", "_commits", "00000000000000000003.json", "00000000000000000006.json")) {
            Files.createDirectories(log.resolve(folder));
        }
        Files.writeString(log.resolve("_staged_commits/00000000000000000003.1b.json"), "junk");

        it.later(FollowedTable.IDLE_CHECKS);
        it.later(FollowedTable.GAP_SETTLED);
        assertThat(it.followed.status().state()).isEqualTo(TailState.LIVE);
        Files.delete(log.resolve("00000000000000000003.json"));
        it.append(9).settled();
        it.startAnew();
        it.settled();
    }
}
