package io.tidemark.views.contribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.scan.HourVector;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import io.tidemark.views.cube.FileCounts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScanningFileCounterTest {
    private static final DataFile FILE = new DataFile("part-0", Optional.empty(), Map.of(), 1, Optional.empty());

    @Test
    void countsEveryCellAsRowByRowCountingDoes() {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        for (int round = 0; round < 150; round++) {
            Random random = new Random(seed + round);
            int dimensions = random.nextInt(7);
            int[] cardinalities = new int[dimensions + 1];
            Arrays.setAll(cardinalities, d -> 1 + random.nextInt(random.nextInt(4) == 0 ? 3000 : 6));
            int hours = 1 + random.nextInt(random.nextBoolean() ? 2 : 500);
            assertCountsLikeANaiveRecount(
                    random,
                    dimensions,
                    cardinalities,
                    hours,
                    random.nextInt(1500),
                    "-Dtidemark.seed=" + (seed + round));
        }
    }

    @Test
    void keepsWithinItsMemoryWhereEveryRowIsACellOfItsOwn() {
        // More cells than the array over hours and combinations may have.
        assertCountsLikeANaiveRecount(new Random(3), 2, new int[] {3000, 3000, 10}, 2000, 30_000, "seed 3");
    }

    @Test
    void countsDimensionsWhoseKeysAreTooLongForOneNumber() {
        // Eight dimensions of some 11 bits each.
        int[] cardinalities = new int[9];
        Arrays.fill(cardinalities, 1500);
        assertCountsLikeANaiveRecount(new Random(4), 8, cardinalities, 3, 6000, "seed 4");
    }

    @Test
    void countsManyDistinctValues() {
        assertCountsLikeANaiveRecount(new Random(5), 1, new int[] {2, 5000}, 1, 8000, "seed 5");
    }

    @Test
    void anEmptyFileHasNoCells() {
        FileCounts counts = count(new FakeScanner(List.of(), new Random(1), 10), spec(2, true), table(2));

        assertThat(counts.rows()).isZero();
        assertThat(counts.hours()).isEmpty();
        assertThat(counts.combinations()).isEmpty();
        assertThat(counts.distinct()).isEmpty();
    }

    @Test
    void aColumnThatTheTableDoesNotHaveIsNullAndIsNotRead() {
        FakeScanner scanner = new FakeScanner(
                List.of(new FakeScanner.Row(5, "a"), new FakeScanner.Row(5, "b"), new FakeScanner.Row(5, "a")),
                new Random(1),
                2);
        CubeSpec spec = new CubeSpec(
                Optional.empty(), List.of(dimension("absent"), dimension("d0")), Optional.of("absent too"));
        FileCounts counts = count(scanner, spec, table(1));

        assertThat(scanner.asked.values()).hasSize(1);
        assertThat(scanner.asked.hour()).isEmpty();
        assertThat(cells(counts)).isEqualTo(Map.of(List.of("5", "null", "=a"), 2L, List.of("5", "null", "=b"), 1L));
        assertThat(counts.distinct()).isEmpty();
    }

    @Test
    void aColumnThatIsDimensionTwiceAndDistinctIsReadOnce() {
        FakeScanner scanner = new FakeScanner(List.of(new FakeScanner.Row(5, "a")), new Random(1), 2);
        CubeSpec spec = new CubeSpec(Optional.of("time"), List.of(dimension("d0"), dimension("d0")), Optional.of("d0"));
        FileCounts counts = count(scanner, spec, table(1));

        assertThat(scanner.asked.values()).hasSize(1);
        assertThat(cells(counts)).isEqualTo(Map.of(List.of("5", "=a", "=a"), 1L));
        assertThat(counts.distinct()).hasSize(2);
    }

    @Test
    void nullAndTheEmptyTextAreDifferentValuesButNoDistinctOnes() {
        List<FakeScanner.Row> rows = new ArrayList<>();
        rows.add(new FakeScanner.Row(5, (String) null));
        rows.add(new FakeScanner.Row(5, ""));
        rows.add(new FakeScanner.Row(5, "null"));
        CubeSpec spec = new CubeSpec(Optional.of("time"), List.of(dimension("d0")), Optional.of("d0"));
        FileCounts counts = count(new FakeScanner(rows, new Random(1), 2), spec, table(1));

        assertThat(cells(counts))
                .isEqualTo(Map.of(List.of("5", "null"), 1L, List.of("5", "="), 1L, List.of("5", "=null"), 1L));
        assertThat(counts.distinct()).as("one value").hasSize(2);
    }

    @Test
    void rowsWithoutATimeComeFirst() {
        List<FakeScanner.Row> rows =
                List.of(new FakeScanner.Row(-3, "a"), new FakeScanner.Row(HourVector.NO_TIME, "a"));
        FileCounts counts = count(new FakeScanner(rows, new Random(1), 2), spec(1, false), table(1));

        assertThat(counts.hours()).containsExactly(HourVector.NO_TIME, -3);
    }

    @Test
    void aTimeColumnThatIsNoTimeIsRefusedByName() {
        CubeSpec spec = new CubeSpec(Optional.of("d0"), List.of(), Optional.empty());

        assertThatThrownBy(() -> CubeColumns.of(spec, table(1)))
                .isInstanceOf(TableException.class)
                .hasMessage("Column 'd0' is of type string; the time column needs timestamp, timestamp_ntz or date."
                        + " Configure another column.");
    }

    @Test
    void aDimensionThatCannotBeCountedIsRefusedByName() {
        Column tags = new Column("tags", "tags", OptionalInt.empty(), ColumnType.OTHER, "array");
        TableMetadata table = new TableMetadata("id", "{}", List.of(tags), List.of(), Map.of(), false);
        CubeSpec spec = new CubeSpec(Optional.empty(), List.of(new Dimension("tag", "tags")), Optional.empty());

        assertThatThrownBy(() -> CubeColumns.of(spec, table))
                .isInstanceOf(TableException.class)
                .hasMessageStartingWith("Column 'tags' is of type array; dimension 'tag' needs string, ");
    }

    private static void assertCountsLikeANaiveRecount(
            Random random, int dimensions, int[] cardinalities, int hours, int rowCount, String seed) {
        List<FakeScanner.Row> rows = new ArrayList<>();
        boolean sorted = random.nextBoolean();
        for (int i = 0; i < rowCount; i++) {
            long hour = sorted ? (long) i * hours / rowCount : random.nextInt(hours) - hours / 2;
            String[] values = new String[dimensions + 1];
            for (int d = 0; d <= dimensions; d++) {
                int value = random.nextInt(cardinalities[d] + 1) - 1;
                values[d] = value < 0 ? null : value == 0 ? "" : "välue " + value;
            }
            rows.add(new FakeScanner.Row(random.nextInt(50) == 0 ? HourVector.NO_TIME : hour, values));
        }
        FakeScanner scanner = new FakeScanner(rows, random, 1 + random.nextInt(1000));
        FileCounts counts = count(scanner, spec(dimensions, true), table(dimensions + 1));

        Map<List<String>, Long> expected = new HashMap<>();
        Set<String> distinct = new HashSet<>();
        for (FakeScanner.Row row : rows) {
            List<String> key = new ArrayList<>();
            key.add(Long.toString(row.hour()));
            for (int d = 0; d < dimensions; d++) {
                key.add(label(row.values()[d]));
            }
            expected.merge(key, 1L, Long::sum);
            String value = row.values()[dimensions];
            if (value != null && !value.isEmpty()) {
                distinct.add(first96Bits(Hashing.murmur3_128()
                        .hashString(value, StandardCharsets.UTF_8)
                        .toString()));
            }
        }
        assertThat(counts.rows()).as(seed).isEqualTo(rowCount);
        assertThat(cells(counts)).as(seed).isEqualTo(expected);
        assertThat(counts.hours()).as(seed).hasSize(expected.size()).isSorted();
        assertThat(counts.distinct()).as(seed).hasSize(2 * distinct.size());
        assertThat(distinct(counts)).as(seed).isEqualTo(distinct);
        assertOnlyWhatOccurs(counts, seed);
    }

    /** Of two longs of which the lowest byte comes first: the first of them, and the upper half of the other. */
    private static String first96Bits(String hash) {
        return hash.substring(0, 16) + "00000000" + hash.substring(24);
    }

    private static void assertOnlyWhatOccurs(FileCounts counts, String seed) {
        for (int d = 0; d < counts.values().size(); d++) {
            String[] values = counts.values().get(d);
            Set<Integer> used = new HashSet<>();
            for (int[] combination : counts.combinations()) {
                used.add(combination[d]);
            }
            assertThat(values[0]).as(seed).isNull();
            used.add(0);
            assertThat(used).as(seed).hasSize(values.length);
            assertThat(new HashSet<>(Arrays.asList(values))).as(seed).hasSize(values.length);
        }
        Set<Integer> combinations = new HashSet<>();
        Arrays.stream(counts.cells()).forEach(combinations::add);
        assertThat(combinations).as(seed).hasSize(counts.combinations().length);
    }

    /** Counts by hour and values; null as {@code null}, texts with a mark in front. */
    private static Map<List<String>, Long> cells(FileCounts counts) {
        Map<List<String>, Long> cells = new HashMap<>();
        for (int i = 0; i < counts.hours().length; i++) {
            List<String> key = new ArrayList<>();
            key.add(Long.toString(counts.hours()[i]));
            int[] combination = counts.combinations()[counts.cells()[i]];
            for (int d = 0; d < combination.length; d++) {
                key.add(label(counts.values().get(d)[combination[d]]));
            }
            assertThat(cells.put(key, counts.counts()[i]))
                    .as("cell twice: " + key)
                    .isNull();
        }
        return cells;
    }

    private static Set<String> distinct(FileCounts counts) {
        Set<String> hashes = new HashSet<>();
        for (int i = 0; i < counts.distinct().length; i += 2) {
            hashes.add(littleEndian(counts.distinct()[i]) + littleEndian(counts.distinct()[i + 1]));
        }
        return hashes;
    }

    private static String littleEndian(long half) {
        return String.format("%016x", Long.reverseBytes(half));
    }

    private static String label(String value) {
        return value == null ? "null" : "=" + value;
    }

    @Test
    void aFileThatTakesMoreOfTheHeapThanAllMayIsRefusedWithWhatIsInIt() {
        List<FakeScanner.Row> rows = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            rows.add(new FakeScanner.Row(i, "v" + i));
        }
        FakeScanner scanner = new FakeScanner(rows, new Random(1), 500);
        ScanningFileCounter counter =
                new ScanningFileCounter(spec(1, false), scanner, (file, result) -> {}, new CountingShare(2 << 20));

        assertThatThrownBy(() -> counter.count(FILE, table(1)))
                .isInstanceOf(TableException.class)
                .hasMessageContaining(FILE.id().path())
                .hasMessageContaining(" hours, ")
                .hasMessageContaining("-Xmx");
    }

    private static FileCounts count(FakeScanner scanner, CubeSpec spec, TableMetadata table) {
        return new ScanningFileCounter(spec, scanner).count(FILE, table);
    }

    private static CubeSpec spec(int dimensions, boolean distinct) {
        List<Dimension> list = new ArrayList<>();
        for (int d = 0; d < dimensions; d++) {
            list.add(dimension("d" + d));
        }
        return new CubeSpec(Optional.of("time"), list, distinct ? Optional.of("d" + dimensions) : Optional.empty());
    }

    private static Dimension dimension(String column) {
        return new Dimension(column, column);
    }

    private static TableMetadata table(int values) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("time", "time", OptionalInt.empty(), ColumnType.TIMESTAMP, "timestamp"));
        for (int d = 0; d < values; d++) {
            columns.add(new Column("d" + d, "d" + d, OptionalInt.empty(), ColumnType.STRING, "string"));
        }
        return new TableMetadata("id", "{}", columns, List.of(), Map.of(), false);
    }
}
