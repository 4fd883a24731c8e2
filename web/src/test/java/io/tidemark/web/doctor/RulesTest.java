package io.tidemark.web.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.LogSurvey;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.log.TableProtocol;
import io.tidemark.web.config.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final long HEAP = 512 * Amounts.MB;

    @Test
    void aWellKeptLogIsFine() {
        assertThat(log(survey(200, 1000, 1100, Amounts.MB), Map.of()))
                .allSatisfy(line -> assertThat(line.verdict()).isEqualTo(Verdict.OK));
    }

    @Test
    void aLogWithoutRecentCheckpointsIsWarnedOf() {
        assertThat(find(log(survey(5000, 1000, 5000, Amounts.MB), Map.of()), "checkpoint"))
                .satisfies(line -> assertThat(line.verdict()).isEqualTo(Verdict.WARNING))
                .satisfies(line -> assertThat(line.found()).contains("4,000 commits since"));
        LogSurvey none = new LogSurvey(
                1500,
                OptionalLong.of(0),
                OptionalLong.of(1499),
                OptionalLong.empty(),
                Optional.empty(),
                0,
                Optional.empty());
        assertThat(find(log(none, Map.of()), "checkpoint").verdict()).isEqualTo(Verdict.WARNING);
    }

    @Test
    void aCheckpointThatMayNotFitIntoTheHeapIsWarnedOfWithTheHeapThatIsNeeded() {
        assertThat(log(survey(10, 1000, 1001, 150 * Amounts.MB), Map.of()))
                .anySatisfy(line -> assertThat(line.remedy()).contains("-Xmx of 600 MB"));
    }

    @ParameterizedTest
    @CsvSource({
        "interval 7 days, OK",
        "interval 1 day, WARNING",
        "interval 36 hours, WARNING",
        "interval 1 week, OK",
        "for ever, OK"
    })
    void aLogThatIsCleanedUpEarlyIsWarnedOf(String retention, Verdict verdict) {
        assertThat(find(log(survey(200, 1000, 1100, 1), Map.of("delta.logRetentionDuration", retention)), "log")
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void aStoreWhoseClockIsAheadIsWarnedOf() {
        LogSurvey ahead = new LogSurvey(
                1,
                OptionalLong.of(0),
                OptionalLong.of(0),
                OptionalLong.empty(),
                Optional.empty(),
                0,
                Optional.of(NOW.plusSeconds(90)));
        assertThat(find(log(ahead, Map.of()), "clock").found()).contains("90 s from now");
    }

    @Test
    void manySmallFilesAreWarnedOfAndFewAreNot() {
        assertThat(find(files(new FileTally(5000, 5_000_000, 50_000, 0, 3)), "files"))
                .satisfies(line -> assertThat(line.verdict()).isEqualTo(Verdict.WARNING))
                .satisfies(line -> assertThat(line.found()).contains("5,000 files", "1000 bytes on average", "3 with"))
                .satisfies(line -> assertThat(line.remedy()).contains("OPTIMIZE"));
        assertThat(find(files(new FileTally(20, 20_000, 500, 0, 0)), "files").verdict())
                .isEqualTo(Verdict.OK);
        assertThat(find(files(new FileTally(0, 0, 0, 0, 0)), "files").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void rowsOfFilesThatStateNoneAreEstimatedByTheOthers() {
        FileTally tally = FileTally.of(
                List.of(file("{\"numRecords\":100}"), file("{\"numRecords\":300}"), file(null), file("{\"x\":1}"))
                        .iterator());

        assertThat(tally).isEqualTo(new FileTally(4, 40, 400, 2, 0));
        assertThat(tally.estimatedRows()).isEqualTo(800);
        assertThat(new FileTally(2, 20, 0, 2, 0).estimatedRows()).isEqualTo(-1);
    }

    @Test
    void aHeapThatIsTooSmallIsWarnedOfWithOneThatIsNot() {
        FileTally year = new FileTally(100, Amounts.GB, 50_000_000, 0, 0);
        List<Line> small = FileRules.of(year, 64 * Amounts.MB, 2);
        assertThat(find(small, "heap").verdict()).isEqualTo(Verdict.WARNING);
        assertThat(find(small, "heap").remedy()).contains("-Xmx256m");
        assertThat(find(FileRules.of(year, HEAP, 2), "heap").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void theStateIsMostlyDistinctValuesAndHasNoneWithoutTheirColumn() {
        FileTally tally = new FileTally(1000, Amounts.GB, 20_000_000, 0, 0);
        assertThat(FileRules.stateBytes(tally, Columns.parse("t", "a", "s"))).isBetween(42_000_000L, 43_000_000L);
        assertThat(FileRules.stateBytes(tally, Columns.parse("t", "a", ""))).isEqualTo(150_000);
    }

    @Test
    void columnsThatAreMissingAreAWarningAndThoseThatCannotBeCountedAreWrong() {
        assertThat(ColumnRules.of(Columns.parse("t", "a,kind=b", "s"), table()))
                .satisfies(line -> assertThat(line.verdict()).isEqualTo(Verdict.OK));
        Line missing = ColumnRules.of(Columns.parse("when", "a,kind=b2", "session"), table());
        assertThat(missing.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(missing.found()).contains("'when'", "'b2'", "'session'");
        assertThat(missing.remedy()).contains("t, a, b, s");
        assertThat(ColumnRules.of(Columns.parse("a", "", ""), table()).verdict())
                .isEqualTo(Verdict.WRONG);
    }

    @ParameterizedTest
    @CsvSource({"1024, WARNING", "22000, OK", "1048576, OK"})
    void fewOpenFilesAreWarnedOf(long limit, Verdict verdict) {
        assertThat(HostExam.openFiles(limit, 20_000).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"-1, WRONG", "5, WARNING", "90, OK"})
    void aCertificateThatEndsSoonIsWarnedOf(long days, Verdict verdict) {
        assertThat(AccessExam.ending(NOW.plus(Duration.ofDays(days)), NOW).verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"100, 0, WARNING", "10000, 0, OK", "10000, 6000, WARNING"})
    void aDiskWithLittleRoomIsWarnedOf(long freeMegabytes, long neededMegabytes, Verdict verdict) {
        assertThat(StateExam.space(freeMegabytes * Amounts.MB, neededMegabytes * Amounts.MB)
                        .orElseThrow()
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void whatWasFoundIsOneLineAndTheWorstLineDecides() {
        Report report = new Report(
                List.of(Line.ok("a", "b"), Line.wrong("c", "d\n\u001b[31me", "f"), Line.warning("g", "h", "")));

        assertThat(report.verdict()).isEqualTo(Verdict.WRONG);
        assertThat(report.text()).contains("wrong    c            d [31me").endsWith("1 wrong, 1 warning, 1 ok");
        assertThat(report.json()).contains("\"verdict\":\"wrong\"").contains("\"remedy\":null");
        assertThat(new Report(List.of(Line.warning("g", "h", ""))).verdict()).isEqualTo(Verdict.WARNING);
    }

    private static LogSurvey survey(long commits, long checkpoint, long newest, long checkpointBytes) {
        return new LogSurvey(
                commits,
                OptionalLong.of(newest - commits + 1),
                OptionalLong.of(newest),
                OptionalLong.of(checkpoint),
                Optional.of(NOW.minusSeconds(3600)),
                checkpointBytes,
                Optional.of(NOW.minusSeconds(10)));
    }

    private static List<Line> log(LogSurvey survey, Map<String, String> properties) {
        TableMetadata metadata = new TableMetadata("id", "{}", List.of(), List.of(), properties, false);
        return LogRules.of(survey, new TableProtocol(1, Set.of()), metadata, HEAP, NOW);
    }

    private static List<Line> files(FileTally tally) {
        return FileRules.of(tally, HEAP, 2);
    }

    private static Line find(List<Line> lines, String subject) {
        return lines.stream()
                .filter(line -> line.subject().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing of " + subject + " in " + lines));
    }

    private static DataFile file(String stats) {
        return new DataFile("f", Optional.empty(), Map.of(), 10, Optional.ofNullable(stats));
    }

    private static TableMetadata table() {
        List<String> names = List.of("t", "a", "b", "s");
        return new TableMetadata(
                "id",
                "{}",
                IntStream.range(0, names.size())
                        .mapToObj(i -> new Column(
                                names.get(i),
                                names.get(i),
                                OptionalInt.empty(),
                                i == 0 ? ColumnType.TIMESTAMP : ColumnType.STRING,
                                i == 0 ? "timestamp" : "string"))
                        .toList(),
                List.of(),
                Map.of(),
                false);
    }
}
