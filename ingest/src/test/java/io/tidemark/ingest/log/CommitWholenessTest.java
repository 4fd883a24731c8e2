package io.tidemark.ingest.log;

import static io.tidemark.ingest.log.Lines.add;
import static io.tidemark.ingest.log.Lines.info;
import static io.tidemark.ingest.log.Lines.remove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.files.InMemoryTableFiles;
import io.tidemark.ingest.files.MutableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A commit on a disk is read once it is all there, and not before. */
class CommitWholenessTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final String PATH = InMemoryTableFiles.commitPath(0);

    private final InMemoryTableFiles files = new InMemoryTableFiles().likeADisk();
    private final MutableClock clock = new MutableClock(NOW);
    private final DeltaTableLog log = new DeltaTableLog(files, clock, SETTLE);

    @BeforeEach
    void writesHappenNow() {
        files.clock(NOW);
    }

    private void write(String text) {
        files.clock(clock.instant());
        files.put(PATH, text);
    }

    private static String appendInfo(String metrics) {
        return info("WRITE", metrics).replace("\"timestamp\":1,", "\"timestamp\":1,\"isBlindAppend\":true,");
    }

    private void isWaitedForAndThenTaken() {
        assertThat(log.commit(0)).isEmpty();
        clock.advance(SETTLE.minusMillis(1));
        assertThat(log.commit(0)).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(log.commit(0)).isPresent();
    }

    private void isWaitedForAndThenRefused(String message) {
        assertThat(log.commit(0)).isEmpty();
        clock.advance(SETTLE);
        assertThatThrownBy(() -> log.commit(0))
                .isInstanceOf(TableException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aCommitThatHoldsJustWhatItsWriterAnnouncedIsTakenAtOnce() {
        write(info("UPDATE", "\"numAddedFiles\":\"1\",\"numRemovedFiles\":\"1\"") + "\n" + add("a.parquet") + "\n"
                + remove("b.parquet") + "\n");

        assertThat(log.commit(0).orElseThrow().adds()).hasSize(1);
        assertThat(files.requests()).isEqualTo(1);
    }

    @Test
    void aCommitWithoutItsWritersAccountIsTakenAtOnceIfItsLastLineIsEnded() {
        write(add("a.parquet") + "\n" + remove("b.parquet") + "\n");
        assertThat(log.commit(0)).isPresent();

        write(add("a.parquet") + "\n" + remove("b.parquet"));
        isWaitedForAndThenTaken();
    }

    @Test
    void aCommitWithoutItsWritersAccountIsWaitedForWhereTheOneBeforeHadIt() {
        write(add("a.parquet") + "\n" + info("WRITE", ""));
        assertThat(log.commit(0)).isPresent();

        files.put(InMemoryTableFiles.commitPath(1), add("b.parquet") + "\n");
        assertThat(log.commit(1)).isEmpty();
        files.put(InMemoryTableFiles.commitPath(1), add("b.parquet") + "\n" + info("WRITE", ""));
        assertThat(log.commit(1)).isPresent();
    }

    @Test
    void aCommitWithASuccessorNeedNotBeWaitedFor() {
        write(add("a.parquet"));
        files.put(InMemoryTableFiles.commitPath(1), add("b.parquet"));

        assertThat(log.commit(0)).isPresent();
        assertThat(log.commit(1)).isEmpty();
    }

    @Test
    void aTornCommitIsWaitedForEvenIfItHasASuccessor() {
        write("{\"add\":");
        files.put(InMemoryTableFiles.commitPath(1), add("b.parquet") + "\n");

        isWaitedForAndThenRefused("ends in the middle of line 1");
    }

    @Test
    void moreFilesThanWereAnnouncedMakeTheAnnouncementWorthless() {
        write(info("DELETE", "\"numAddedFiles\":\"0\",\"numRemovedFiles\":\"0\",\"numDeletionVectorsAdded\":\"1\"")
                + "\n" + remove("a.parquet"));

        isWaitedForAndThenTaken();
    }

    @Test
    void anOverwriteThatAnnouncesItsAddsOnlyIsWaitedFor() {
        write(info("WRITE", "\"numFiles\":\"1\"") + "\n" + add("a.parquet"));

        isWaitedForAndThenTaken();
    }

    @Test
    void aCommitOfDeltaRsWithoutALastNewlineIsTakenAtOnce() {
        write(add("a.parquet") + "\n" + info("WRITE", "\"num_added_files\":1"));

        assertThat(log.commit(0)).isPresent();
    }

    @Test
    void aCommitThatLooksUnfinishedIsTakenOnceAnotherFollowsIt() {
        write(info("OPTIMIZE", "") + "\n");
        assertThat(log.commit(0)).isEmpty();

        files.put("_delta_log/00000000000000000001.json", add("a.parquet") + "\n");

        assertThat(log.commit(0)).isPresent();
    }

    @Test
    void aTornCommitIsWaitedForAndAppliedWhenItsRestCame() {
        String whole = appendInfo("\"numFiles\":\"1\"") + "\n" + add("a.parquet") + "\n";

        write(whole.substring(0, whole.length() / 2));
        assertThat(log.commit(0)).isEmpty();
        clock.advance(Duration.ofSeconds(5));
        assertThat(log.commit(0)).isEmpty();
        write(whole);
        assertThat(log.commit(0).orElseThrow().adds()).hasSize(1);
    }

    @Test
    void aTornCommitThatIsNeverFinishedIsNamed() {
        write(add("a.parquet") + "\n" + add("b.parquet").substring(0, 20));

        isWaitedForAndThenRefused("[_delta_log/00000000000000000000.json] ends in the middle of line 2");
    }

    @Test
    void aTornCommitThatGrowsIsWaitedForAnew() {
        String whole = add("a.parquet") + "\n" + add("b.parquet") + "\n" + info("WRITE", "");
        for (int cut = 10; cut < whole.indexOf('\n'); cut += 10) {
            write(whole.substring(0, cut));
            assertThat(log.commit(0)).isEmpty();
            clock.advance(SETTLE.minusSeconds(1));
            assertThat(log.commit(0)).isEmpty();
        }
        write(whole);
        assertThat(log.commit(0).orElseThrow().adds()).hasSize(2);
    }

    @Test
    void anEmptyCommitIsWaitedForAndThenNamed() {
        write("");

        isWaitedForAndThenRefused("is empty");
    }

    @Test
    void aCutInsideACharacterIsTorn() {
        byte[] whole = add("é.parquet").getBytes(StandardCharsets.UTF_8);
        int inside = new String(whole, StandardCharsets.ISO_8859_1).indexOf('Ã') + 1;
        files.put(PATH, Arrays.copyOf(whole, inside));

        isWaitedForAndThenRefused("ends in the middle of line 1");
    }

    @Test
    void aCutAtTheEndOfALineIsWaitedForWhenTheWriterPromisedMore() {
        String promise = appendInfo("\"numFiles\":\"2\",\"numOutputBytes\":\"20\"");

        write(promise + "\n" + add("a.parquet") + "\n");
        assertThat(log.commit(0)).isEmpty();
        write(promise + "\n" + add("a.parquet") + "\n" + add("b.parquet") + "\n");
        assertThat(log.commit(0).orElseThrow().adds()).hasSize(2);
    }

    @Test
    void aWriterThatCountsDifferentlyIsBelievedInTheEnd() {
        write(info("DELETE", "\"numRemovedFiles\":\"2\"") + "\n" + remove("a.parquet") + "\n");

        isWaitedForAndThenTaken();
    }

    @Test
    void aLoneCommitInfoIsWaitedFor() {
        write(info("WRITE", "") + "\n");

        isWaitedForAndThenTaken();
    }

    @Test
    void aLastLineWithoutItsNewlineIsWaitedFor() {
        write(info("WRITE", "") + "\n" + add("a.parquet"));

        isWaitedForAndThenTaken();
    }

    @Test
    void aLastLineOfGarbageIsWaitedForEvenIfItIsClosed() {
        write(add("a.parquet") + "\nrubbish\n");

        isWaitedForAndThenRefused("ends in the middle of line 2");
    }

    @Test
    void garbageInTheMiddleIsRefusedAtOnceWithFileAndLine() {
        write(add("a.parquet") + "\nrubbish\n" + add("b.parquet") + "\n");

        assertThatThrownBy(() -> log.commit(0))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("[_delta_log/00000000000000000000.json line 2]");
        write(add("a.parquet") + "\n" + add("b.parquet") + "\n" + info("WRITE", "") + "\n");
        assertThat(log.commit(0)).isPresent();
    }

    @Test
    void whatAStorePublishesWholeIsTakenOrRefusedAtOnce() {
        InMemoryTableFiles store = new InMemoryTableFiles();
        DeltaTableLog stored = new DeltaTableLog(store, clock, SETTLE);

        store.put(InMemoryTableFiles.commitPath(0), info("WRITE", "\"numFiles\":\"9\""));
        assertThat(stored.commit(0)).isPresent();
        store.put(InMemoryTableFiles.commitPath(1), "{\"add\":{\"pa");
        assertThatThrownBy(() -> stored.commit(1)).isInstanceOf(TableException.class);
        store.put(InMemoryTableFiles.commitPath(2), "");
        assertThatThrownBy(() -> stored.commit(2)).isInstanceOf(TableException.class);
    }

    @Test
    void whatWasWrittenLongAgoNeedNotBeWaitedFor() {
        files.clock(NOW.minusSeconds(3600));
        files.put(PATH, info("WRITE", "") + "\n");

        assertThat(log.commit(0)).isPresent();
    }

    @Test
    void everyCutOfACommitIsWaitedForOrIsTheWholeCommit() {
        String whole = appendInfo("\"numFiles\":\"2\"") + "\n" + Lines.PROTOCOL + "\n" + add("a.parquet") + "\n"
                + add("é%20b.parquet") + "\n";
        byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);

        for (int cut = 0; cut < bytes.length - 1; cut++) {
            files.put(PATH, Arrays.copyOf(bytes, cut));
            assertThat(log.commit(0)).as("cut after %d bytes", cut).isEmpty();
        }
        files.put(PATH, bytes);
        assertThat(log.commit(0).orElseThrow().adds()).hasSize(2);
    }
}
