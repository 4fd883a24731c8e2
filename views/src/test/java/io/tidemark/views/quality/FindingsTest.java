package io.tidemark.views.quality;

import static io.tidemark.views.quality.FindingKind.COLUMNS_APPEARED;
import static io.tidemark.views.quality.FindingKind.COLUMNS_VANISHED;
import static io.tidemark.views.quality.FindingKind.EXPLODING_VALUES;
import static io.tidemark.views.quality.FindingKind.FUTURE_TIMES;
import static io.tidemark.views.quality.FindingKind.NULL_TIMES;
import static io.tidemark.views.quality.FindingKind.OPTIMIZE_CHANGED_COUNTS;
import static io.tidemark.views.quality.FindingKind.ROWS_DISAGREE;
import static io.tidemark.views.quality.FindingKind.WRITER_QUIET;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in real tables that are odd. */
class FindingsTest {
    private static final String A = "('2026-01-01 10:00:00', 'web', 's1')";
    private static final String B = "('2026-01-01 11:00:00', 'app', 's2')";

    @TempDir
    private Path directory;

    private OddTable table;
    private WatchedTable watched;

    @BeforeEach
    void open() throws Exception {
        table = new OddTable(directory.resolve("table"));
        watched = new WatchedTable(directory.resolve("state"), table.root());
        watched.settle();
    }

    @AfterEach
    void close() throws Exception {
        watched.close();
        table.close();
    }

    @Test
    void aTableInOrderHasNoFindings() throws Exception {
        table.addStating(table.file(A + "," + B), 2).commit();
        watched.settle();

        assertThat(watched.findings()).isEmpty();
    }

    @Test
    void anOptimizeThatLosesARowIsFoundAndCountedAllTheSame() throws Exception {
        String first = twoFiles();
        table.rearranging("OPTIMIZE").remove(first).add(table.file(A)).commit();
        watched.settle();

        assertThat(watched.state().cube().rows()).isEqualTo(2);
        Finding finding = watched.finding(OPTIMIZE_CHANGED_COUNTS).orElseThrow();
        assertThat(finding.since()).isEqualTo(2);
        assertThat(finding.count()).isEqualTo(1);
        assertThat(finding.message())
                .startsWith("Version 2 (OPTIMIZE) claims to only rearrange rows, but after it there is 1 row fewer.");
        assertThat(watched.raised(OPTIMIZE_CHANGED_COUNTS)).isEqualTo(1);
    }

    @Test
    void anOptimizeThatChangesNothingIsNotFound() throws Exception {
        String first = twoFiles();
        String both = table.file(B + "," + A);
        table.rearranging("OPTIMIZE").remove(first).add(both).commit();
        watched.settle();

        assertThat(watched.state().version()).isEqualTo(2);
        assertThat(watched.findings()).isEmpty();
    }

    @Test
    void anOptimizeThatChangesAValueOrASessionIsFound() throws Exception {
        String first = twoFiles();
        String otherValue = table.file(B + ",('2026-01-01 10:00:00', 'Web', 's1')");
        table.rearranging("a rewrite").remove(first).add(otherValue).commit();
        watched.settle();

        assertThat(watched.finding(OPTIMIZE_CHANGED_COUNTS).orElseThrow().message())
                .contains("Version 2 (a rewrite)", "as many rows hold other values: 2 counts changed");

        table.rearranging("OPTIMIZE")
                .remove(otherValue)
                .add(table.file(B + ",('2026-01-01 10:00:00', 'Web', 's3')"))
                .commit();
        watched.settle();

        Finding again = watched.finding(OPTIMIZE_CHANGED_COUNTS).orElseThrow();
        assertThat(again.message()).contains("there is 1 distinct value more");
        assertThat(again.since()).isEqualTo(2);
        assertThat(again.version()).isEqualTo(3);
        assertThat(again.count()).isEqualTo(2);
    }

    @Test
    void aDeleteIsNoFinding() throws Exception {
        String first = twoFiles();
        table.remove(first).commit();
        watched.settle();

        assertThat(watched.findings()).isEmpty();
    }

    @Test
    void whereOthersAreInTheSameStepNobodyIsAccused() throws Exception {
        String first = twoFiles();
        table.add(table.file(B)).commit();
        table.rearranging("OPTIMIZE").remove(first).add(table.file(A)).commit();
        table.add(table.file(A)).commit();
        settleAsOneStep();

        assertThat(watched.state().version()).isEqualTo(4);
        assertThat(watched.findings()).isEmpty();
    }

    @Test
    void severalThatClaimTheSameAreJudgedTogether() throws Exception {
        String first = twoFiles();
        String second = table.file(A);
        table.rearranging("OPTIMIZE").remove(first).add(second).commit();
        table.commit();
        table.rearranging("OPTIMIZE").remove(second).add(table.file(A)).commit();
        settleAsOneStep();

        assertThat(watched.finding(OPTIMIZE_CHANGED_COUNTS).orElseThrow().message())
                .startsWith("Versions 2 to 4 claim to only rearrange rows");
    }

    @Test
    void aFileThatHoldsOtherThanTheLogStatesIsCountedAsItIs() throws Exception {
        table.addStating(table.file(A + "," + B), 3)
                .addStating(table.file(A), 2)
                .addStating(table.file(A), 1)
                .commit();
        watched.settle();

        assertThat(watched.state().cube().rows()).isEqualTo(4);
        Finding finding = watched.finding(ROWS_DISAGREE).orElseThrow();
        assertThat(finding.count()).isEqualTo(2);
        assertThat(finding.message())
                .startsWith("Version 1: 'part-")
                .contains("where the log states")
                .contains("1 other file in the same step");
        assertThat(watched.raised(ROWS_DISAGREE)).isEqualTo(2);
    }

    @Test
    void aStepThatFailsAndIsTriedAgainIsToldOfOnce() throws Exception {
        String good = table.file(A);
        String bad = table.fileOf("SELECT 1 AS ts, 'web' AS channel, 's' AS session");
        table.addStating(good, 7).add(bad).commit();
        for (int i = 0; i < 3; i++) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> watched.settle()))
                    .isNotNull();
        }
        table.remove(bad).commit();
        watched.later(Duration.ofSeconds(1));

        assertThat(watched.finding(ROWS_DISAGREE).orElseThrow().count()).isEqualTo(1);
    }

    @Test
    void rowsWithoutATimeAreToldOfAsLongAsTheyLive() throws Exception {
        table.add(table.file(A)).commit();
        String odd = table.file("(NULL, 'web', 's1'), (NULL, 'app', 's1')," + A);
        table.add(odd).commit();
        watched.settle();
        table.add(table.file(A)).commit();
        watched.settle();

        Finding finding = watched.finding(NULL_TIMES).orElseThrow();
        assertThat(finding.since()).isEqualTo(2);
        assertThat(finding.version()).isEqualTo(2);
        assertThat(finding.count()).isEqualTo(2);
        assertThat(finding.message()).startsWith("2 rows have no 'ts'.");

        table.remove(odd).commit();
        watched.settle();
        assertThat(watched.findings()).isEmpty();
        assertThat(watched.raised(NULL_TIMES)).isEqualTo(1);
    }

    @Test
    void rowsOfTheFutureAreToldOfUntilTheyAreGoneOrTheirTimeComes() throws Exception {
        Instant soon = watched.clock.instant().plus(Duration.ofHours(30));
        String near = table.file("('" + soon + "', 'web', 's1')");
        String far = table.file("('9998-12-31 00:00:00', 'web', 's1')");
        table.add(near).add(far).commit();
        watched.settle();

        assertThat(watched.finding(FUTURE_TIMES).orElseThrow().count()).isEqualTo(2);
        assertThat(watched.finding(FUTURE_TIMES).orElseThrow().message())
                .startsWith("2 rows have a 'ts' more than a day ahead.");

        watched.later(Duration.ofHours(8));
        assertThat(watched.finding(FUTURE_TIMES).orElseThrow().count()).isEqualTo(1);

        table.remove(far).commit();
        watched.later(Duration.ofSeconds(5));
        assertThat(watched.findings()).isEmpty();
    }

    @Test
    void aDimensionOfNearlyAsManyValuesAsRowsIsFoundUntilTheyAreGone() throws Exception {
        String ids = table.fileOf("SELECT TIMESTAMPTZ '2026-01-01' AS ts, 'id-' || i AS channel, 's' AS session"
                + " FROM range(1500) t(i)");
        table.add(ids).commit();
        watched.settle();

        Finding finding = watched.finding(EXPLODING_VALUES).orElseThrow();
        assertThat(finding.subject()).isEqualTo("channel");
        assertThat(finding.count()).isEqualTo(1500);

        table.remove(ids).add(table.file(A)).commit();
        watched.settle();
        watched.later(Duration.ofMinutes(61));
        assertThat(watched.findings()).isEmpty();
    }

    @Test
    void columnsThatComeAndGoAreFound() throws Exception {
        table.metadata("the-table", "ts:timestamp", "channel:string", "session:string", "price:double", "note:string")
                .commit();
        watched.settle();
        table.metadata("the-table", "ts:timestamp", "channel:string", "session:string", "price:double")
                .commit();
        watched.settle();

        assertThat(watched.finding(COLUMNS_APPEARED).orElseThrow().message())
                .isEqualTo("In version 1, 2 columns appeared: 'price', 'note'.");
        assertThat(watched.finding(COLUMNS_APPEARED).orElseThrow().count()).isEqualTo(2);
        assertThat(watched.finding(COLUMNS_VANISHED).orElseThrow().message())
                .isEqualTo("In version 2, 1 column vanished: 'note'.");
    }

    @Test
    void whatHappenedIsForgottenAfterAWeek() throws Exception {
        table.metadata("the-table", "ts:timestamp", "channel:string", "session:string", "price:double")
                .commit();
        watched.settle();

        assertThat(watched.later(Duration.ofDays(6)).findings()).isNotEmpty();
        assertThat(watched.later(Duration.ofDays(2)).findings()).isEmpty();
    }

    @Test
    void aWriterThatIsSilentForLongIsFoundUntilItCommitsAgain() throws Exception {
        Instant at = commitsFiveSecondsApart(30);
        assertThat(watched.later(Duration.ofSeconds(50)).findings()).isEmpty();

        watched.later(Duration.ofSeconds(20));
        Finding finding = watched.finding(WRITER_QUIET).orElseThrow();
        assertThat(finding.message())
                .startsWith("No commit since " + at.truncatedTo(java.time.temporal.ChronoUnit.MILLIS))
                .contains("nearly all came within 5 seconds of the one before");
        assertThat(watched.later(Duration.ofSeconds(20)).raised(WRITER_QUIET)).isEqualTo(1);

        table.commit(at.plusSeconds(90));
        assertThat(watched.later(Duration.ofSeconds(1)).findings()).isEmpty();
    }

    @Test
    void aWriterOfFewCommitsIsNotWonderedAt() throws Exception {
        commitsFiveSecondsApart(15);

        assertThat(watched.later(Duration.ofDays(3)).findings()).isEmpty();
    }

    @Test
    void findingsAndTheRhythmOutliveARestart() throws Exception {
        commitsFiveSecondsApart(30);
        table.add(table.file("(NULL, 'web', 's1')")).commit();
        watched.settle();
        table.rearranging("OPTIMIZE").add(table.file(A)).commit();
        watched.settle();
        watched.restart();

        assertThat(watched.finding(OPTIMIZE_CHANGED_COUNTS).orElseThrow().since())
                .isEqualTo(32);
        assertThat(watched.finding(NULL_TIMES).orElseThrow().since()).isEqualTo(31);
        watched.settle();
        assertThat(watched.later(Duration.ofMinutes(2)).finding(WRITER_QUIET)).isPresent();
    }

    @Test
    void afterAKillWhatWasFoundIsStillKnown() throws Exception {
        table.rearranging("OPTIMIZE").add(table.file(A)).commit();
        watched.settle();
        watched.killAndRestart();

        assertThat(watched.finding(OPTIMIZE_CHANGED_COUNTS)).isPresent();
    }

    @Test
    void anotherTableBeginsWithoutFindings() throws Exception {
        table.rearranging("OPTIMIZE").add(table.file(A)).commit();
        watched.settle();
        table.recreate();
        watched.later(Duration.ofMinutes(1));

        assertThat(watched.state().metadata().id()).isEqualTo("another-table");
        assertThat(watched.findings()).isEmpty();
        watched.restart();
        assertThat(watched.findings()).isEmpty();
    }

    /** @return when the last one was */
    private Instant commitsFiveSecondsApart(int commits) throws Exception {
        Instant at = watched.clock.instant().minusSeconds(5L * commits);
        for (int i = 0; i < commits; i++) {
            at = at.plusSeconds(5);
            table.commit(at);
        }
        watched.settle();
        return at;
    }

    /** Commits one, which is followed alone. */
    private String twoFiles() throws Exception {
        String both = table.file(A + "," + B);
        table.add(both).add(table.file(A)).commit();
        watched.settle();
        return both;
    }

    /** What was committed since is more than one commit, and is taken up behind: after a restart. */
    private void settleAsOneStep() {
        watched.restart();
        watched.settle();
    }
}
