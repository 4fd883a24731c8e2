package io.tidemark.ingest.log;

import static io.tidemark.ingest.log.Lines.add;
import static io.tidemark.ingest.log.Lines.remove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.files.InMemoryTableFiles;
import io.tidemark.ingest.files.MutableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the log answers, and what it costs. */
class LogQuestionsTest {
    private final InMemoryTableFiles files = new InMemoryTableFiles();
    private final DeltaTableLog log = new DeltaTableLog(files);

    private void commits(long last) {
        files.putCommit(0, Lines.PROTOCOL, Lines.metadata("t", "x"), add("f0"));
        for (long version = 1; version <= last; version++) {
            files.putCommit(version, add("f" + version));
        }
    }

    private static List<String> paths(TableSnapshot snapshot) {
        List<String> paths = new ArrayList<>();
        snapshot.files().forEachRemaining(file -> paths.add(file.path()));
        return paths;
    }

    @Test
    void askingForTheNextCommitIsOneRequestWhateverIsThere() {
        commits(20);
        int before = files.requests();

        assertThat(log.commit(21)).isEmpty();
        assertThat(log.commit(20)).isPresent();
        assertThat(files.requests() - before).isEqualTo(2);
    }

    @Test
    void theNewestVersionIsFoundByAskingFromAKnownOne() {
        commits(1000);
        int before = files.requests();

        assertThat(log.latestVersion(0)).hasValue(1000);
        assertThat(files.requests() - before).isLessThan(25);
        assertThat(files.asked()).doesNotContain("_delta_log");
        assertThat(log.latestVersion(1000)).hasValue(1000);
        assertThat(log.latestVersion(-1)).hasValue(1000);
    }

    @Test
    void aFolderWithoutALogIsNoTableYetAndSaysSo() {
        assertThat(log.latestSnapshot()).isEmpty();
        assertThat(log.latestVersion(-1)).isEmpty();
        assertThat(log.commit(0)).isEmpty();
        assertThat(log.hasGapAt(0)).isFalse();
        assertThat(log.describeAbsence()).contains("nothing is there yet");
        files.put("data.csv", "a,b");
        assertThat(log.latestSnapshot()).isEmpty();
        assertThat(log.describeAbsence()).contains("no _delta_log");
        files.put("_delta_log/00000000000000000000.json.tmp", "{}");
        assertThat(log.latestSnapshot()).isEmpty();
        assertThat(log.describeAbsence()).contains("no whole commit yet");
    }

    @Test
    void aGapIsSeenAndNotJumpedOver() {
        commits(5);
        files.delete(InMemoryTableFiles.commitPath(3));

        assertThat(log.commit(3)).isEmpty();
        assertThat(log.hasGapAt(3)).isTrue();
        assertThat(log.hasGapAt(6)).isFalse();
        assertThat(log.latestVersion(-1)).hasValue(2);
        assertThat(log.latestVersion(2)).hasValue(2);
    }

    @Test
    void aCheckpointOfTheMissingVersionShowsThatItWasPassed() {
        files.put("_delta_log/00000000000000000007.checkpoint.parquet", "x");

        assertThat(log.hasGapAt(7)).isTrue();
        assertThat(log.hasGapAt(8)).isFalse();
    }

    @Test
    void junkInTheLogFolderIsIgnored() {
        commits(1);
        for (String junk : List.of(
                "._00000000000000000005.json",
                ".00000000000000000005.json.crc",
                "00000000000000000005.json.tmp",
                "00000000000000000005.json.bak",
                "00000000000000000005.crc",
                "0000000000000000005.json",
                "99999999999999999999.json",
                "00000000000000000005.checkpoint.parquet.tmp",
                "x.json.tmp",
                "_staged_commits/00000000000000000005.a.json",
                "00000000000000000009.json/a-folder",
                "_commits/x")) {
            files.put("_delta_log/" + junk, "junk");
        }

        assertThat(log.latestVersion(0)).hasValue(1);
        assertThat(log.hasGapAt(2)).isFalse();
        assertThat(log.latestVersion(-1)).hasValue(1);
        try (TableSnapshot snapshot = log.latestSnapshot().orElseThrow()) {
            assertThat(snapshot.version()).isEqualTo(1);
            assertThat(paths(snapshot)).containsExactlyInAnyOrder("f0", "f1");
        }
    }

    @Test
    void theFingerprintTellsARewrittenCommit() {
        commits(2);
        String before = log.fingerprint(2).orElseThrow();

        assertThat(log.commit(2).orElseThrow().fingerprint()).isEqualTo(before);
        files.putCommit(2, add("another"));
        assertThat(log.fingerprint(2).orElseThrow()).isNotEqualTo(before);
        files.delete(InMemoryTableFiles.commitPath(2));
        assertThat(log.fingerprint(2)).isEmpty();
    }

    @Test
    void aSnapshotHasWhatTheCommitsLeave() {
        commits(2);
        files.putCommit(3, remove("f1"));
        files.putCommit(4, add("f1"), remove("f0"));

        try (TableSnapshot three = log.snapshot(3);
                TableSnapshot latest = log.latestSnapshot().orElseThrow()) {
            assertThat(paths(three)).containsExactlyInAnyOrder("f0", "f2");
            assertThat(latest.version()).isEqualTo(4);
            assertThat(paths(latest)).containsExactlyInAnyOrder("f1", "f2");
            assertThat(paths(latest)).as("again").hasSize(2);
            assertThat(latest.metadata().id()).isEqualTo("t");
            assertThat(latest.fingerprint()).isEqualTo(log.fingerprint(4).orElseThrow());
        }
        assertThatThrownBy(() -> log.snapshot(9))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("version 9");
    }

    @Test
    void aSnapshotStopsBeforeANewestCommitThatIsNotWholeOrNotUnderstood() {
        MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
        DeltaTableLog disk = new DeltaTableLog(files, clock, Duration.ofSeconds(10));
        commits(2);
        files.likeADisk().clock(clock.instant());
        files.put(InMemoryTableFiles.commitPath(3), "{\"add\":");

        try (TableSnapshot snapshot = disk.latestSnapshot().orElseThrow()) {
            assertThat(snapshot.version()).isEqualTo(2);
        }
        files.putCommit(3, add("a"), add("a"));
        try (TableSnapshot snapshot = disk.latestSnapshot().orElseThrow()) {
            assertThat(snapshot.version()).isEqualTo(2);
        }
        files.putCommit(3, add("a"), Lines.info("WRITE", ""));
        try (TableSnapshot snapshot = disk.latestSnapshot().orElseThrow()) {
            assertThat(snapshot.version()).isEqualTo(3);
        }
    }

    @Test
    void aSnapshotThatNeedsAnUnsupportedFeatureIsRefusedByName() {
        for (String feature : List.of("foo", "catalogManaged", "catalogOwned-preview", "variantType")) {
            files.putCommit(
                    0,
                    "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"" + feature
                            + "\"],\"writerFeatures\":[\"" + feature + "\"]}}",
                    Lines.metadata("t", "x"),
                    add("a"));
            assertThatThrownBy(log::latestSnapshot)
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining("'" + feature + "'")
                    .hasMessageContaining("Supported: columnMapping, deletionVectors")
                    .hasMessageNotContaining("Exception");
        }
    }

    @Test
    void aDamagedCommitInTheMiddleOfALogIsNamedWithoutAStackTrace() {
        commits(5);
        files.putCommit(2, "rubbish");

        assertThatThrownBy(log::latestSnapshot)
                .isInstanceOf(TableException.class)
                .hasMessageStartingWith("[_delta_log/00000000000000000002.json] ends in the middle of line 1")
                .hasMessageNotContaining("\n")
                .hasMessageNotContaining("at io.delta");
    }

    @Test
    void aCorruptHintAtTheLastCheckpointIsPassedOver() {
        commits(3);
        for (String hint :
                List.of("", "{", "{\"version\":-1}", "{\"version\":\"x\"}", "{\"version\":99,\"size\":1}", "[]")) {
            files.put("_delta_log/_last_checkpoint", hint);
            assertThat(log.latestVersion(-1)).as(hint).hasValue(3);
            try (TableSnapshot snapshot = log.latestSnapshot().orElseThrow()) {
                assertThat(paths(snapshot)).as(hint).hasSize(4);
            }
        }
    }

    @Test
    void aFailureOfTheStoreNamesTheFileAndGoesWhenItGoes() {
        commits(1);
        files.failOn(InMemoryTableFiles.commitPath(1), new IOException("503 slow down"));

        assertThatThrownBy(() -> log.commit(1))
                .isInstanceOf(TableException.class)
                .hasMessage("[_delta_log/00000000000000000001.json] Cannot be read: 503 slow down");
        files.failOn(InMemoryTableFiles.commitPath(1), null);
        assertThat(log.commit(1)).isPresent();
    }
}
