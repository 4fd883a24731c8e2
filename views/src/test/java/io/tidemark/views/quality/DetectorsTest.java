package io.tidemark.views.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.scan.ScanResult;
import io.tidemark.views.cube.Combinations;
import io.tidemark.views.cube.Contribution;
import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.cube.Dimension;
import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.ViewState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The detectors by themselves, without a table. */
class DetectorsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:30:00Z");
    private static final long HOUR = NOW.getEpochSecond() / 3600;
    private static final CubeSpec SPEC =
            new CubeSpec(Optional.of("ts"), List.of(new Dimension("channel", "channel")), Optional.empty());

    private final FindingBoard board = new FindingBoard();
    private final Dictionary dictionary = new Dictionary(1);
    private Cube cube = Cube.empty();
    private long version;

    @Test
    void deletedRowsAreAmongThoseThatTheStatisticsState() {
        RowAgreement rows = new RowAgreement();
        rows.scanned(file("{\"numRecords\":5}"), new ScanResult(3, 5, 100));
        assertThat(rows.take(1, NOW)).isEmpty();

        rows.scanned(file("{\"numRecords\":3}"), new ScanResult(3, 5, 100));
        assertThat(rows.take(1, NOW).orElseThrow().message()).contains("'a' holds 5 rows where the log states 3.");
        assertThat(rows.take(2, NOW)).isEmpty();
    }

    @Test
    void statisticsThatStateNothingDisagreeWithNothing() {
        RowAgreement rows = new RowAgreement();
        rows.scanned(file("{}"), new ScanResult(3, 5, 100));
        rows.scanned(file("nonsense"), new ScanResult(3, 5, 100));

        assertThat(rows.take(1, NOW)).isEmpty();
    }

    @Test
    void oddTimesAreCountedStepByStepAsInARecount() {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        Random random = new Random(seed);
        OddTimes times = new OddTimes(SPEC, board);
        Instant now = NOW;
        times.start(step(CubeDelta.empty()).state(), now);
        List<Contribution> live = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            now = now.plus(Duration.ofMinutes(random.nextInt(180)));
            CubeDelta.Builder delta = new CubeDelta.Builder();
            if (random.nextBoolean() && !live.isEmpty()) {
                delta.subtract(live.remove(random.nextInt(live.size())));
            } else {
                live.add(contribution(random.nextInt(9) == 0 ? HourBlock.NO_TIME : HOUR + random.nextInt(900), "web"));
                delta.add(live.get(live.size() - 1));
            }
            if (random.nextBoolean()) {
                times.step(step(delta.build()), now);
            } else {
                times.step(step(delta.build()), now.minus(Duration.ofMinutes(30)));
                times.idle(state(), now);
            }
            long farthest = Math.floorDiv(now.plus(Duration.ofDays(1)).getEpochSecond(), 3600) + 1;
            assertThat(count(FindingKind.FUTURE_TIMES))
                    .as("step %d; repeat with -Dtidemark.seed=%d", i, seed)
                    .isEqualTo(rows(farthest, Long.MAX_VALUE));
            assertThat(count(FindingKind.NULL_TIMES)).isEqualTo(rows(HourBlock.NO_TIME, HourBlock.NO_TIME + 1));
        }
    }

    @Test
    void withoutATimeColumnNoTimeIsMissing() {
        CubeSpec timeless = new CubeSpec(Optional.empty(), SPEC.dimensions(), Optional.empty());
        step(new CubeDelta.Builder().add(contribution(HourBlock.NO_TIME, "web")).build());
        new OddTimes(timeless, board).start(state(), NOW);

        assertThat(board.newest(NOW)).isEmpty();
    }

    @Test
    void onlyValuesOfLiveRowsAreLive() {
        Contribution first = contribution(HOUR, "a", "b", null);
        Contribution second = contribution(HourBlock.NO_TIME, "b", "c");
        step(new CubeDelta.Builder().add(first).add(second).build());
        assertThat(LiveValues.count(cube, dictionary.view())).containsExactly(3);

        step(new CubeDelta.Builder().subtract(first).build());
        assertThat(LiveValues.count(cube, dictionary.view())).containsExactly(2);
    }

    @Test
    void manyValuesExplodeAndFewDoNot() {
        assertThat(ExplodingValues.explodes(999, 999)).isFalse();
        assertThat(ExplodingValues.explodes(1_000, 2_000)).isFalse();
        assertThat(ExplodingValues.explodes(1_001, 2_000)).isTrue();
        assertThat(ExplodingValues.explodes(10_000, 100_000_000)).isFalse();
        assertThat(ExplodingValues.explodes(10_001, 100_000_000)).isTrue();
    }

    @Test
    void aRenamedColumnIsGoneUnderItsOldName() {
        String schema = "{\"type\":\"struct\",\"fields\":[{\"name\":\"%s\",\"type\":\"string\",\"nullable\":true,"
                + "\"metadata\":{\"delta.columnMapping.id\":1,\"delta.columnMapping.physicalName\":\"col-1\"}}]}";
        TableMetadata old = TableMetadata.parse(
                "id", schema.formatted("shop"), List.of(), Map.of("delta.columnMapping.mode", "name"));
        TableMetadata next = TableMetadata.parse(
                "id",
                schema.formatted("<img src=x onerror=alert(1)>\\u202e"),
                List.of(),
                Map.of("delta.columnMapping.mode", "name"));
        List<Finding> findings = ColumnChanges.check(state(old), state(next), 7, NOW);

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).kind()).isEqualTo(FindingKind.COLUMNS_VANISHED);
        assertThat(findings.get(0).message())
                .isEqualTo("In version 7, 1 column vanished: 'shop' (now '<img src=x onerror=alert(1)>\ufffd').");
        assertThat(ColumnChanges.check(state(old), state(old), 7, NOW)).isEmpty();
        assertThat(ColumnChanges.check(state(old), state(next), -1, NOW).get(0).message())
                .startsWith("Between versions 0 and 0, ");
    }

    private long count(FindingKind kind) {
        return board.newest(NOW).stream()
                .filter(finding -> finding.kind() == kind)
                .mapToLong(Finding::count)
                .sum();
    }

    private long rows(long fromHour, long toHour) {
        long[] rows = new long[1];
        cube.forEach(fromHour, toHour, block -> rows[0] += block.rows());
        return rows[0];
    }

    private Applied step(CubeDelta delta) {
        cube = cube.plus(delta);
        version++;
        return new Applied(state(), delta, false);
    }

    private ViewState state() {
        return state(TableMetadata.parse(
                "id",
                "{\"type\":\"struct\",\"fields\":[{\"name\":\"ts\",\"type\":\"timestamp\",\"nullable\":true,\"metadata\":{}}]}",
                List.of(),
                Map.of()));
    }

    private ViewState state(TableMetadata metadata) {
        Combinations combinations = dictionary.view();
        return new ViewState(SPEC, metadata, "epoch", version, NOW, NOW, cube, combinations, 0, 1, 1);
    }

    /** One row of each value, in one hour. */
    private Contribution contribution(long hour, String... values) {
        List<String> known = new ArrayList<>();
        known.add(null);
        int[][] combinations = new int[values.length][1];
        long[] hours = new long[values.length];
        int[] cells = new int[values.length];
        long[] counts = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                known.add(values[i]);
                combinations[i][0] = known.size() - 1;
            }
            hours[i] = hour;
            cells[i] = i;
            counts[i] = 1;
        }
        FileCounts file = new FileCounts(
                values.length,
                List.<String[]>of(known.toArray(new String[0])),
                combinations,
                hours,
                cells,
                counts,
                new long[0]);
        return dictionary.intern(file, 100);
    }

    private static DataFile file(String stats) {
        return new DataFile("a", Optional.empty(), Map.of(), 1, Optional.of(stats));
    }
}
