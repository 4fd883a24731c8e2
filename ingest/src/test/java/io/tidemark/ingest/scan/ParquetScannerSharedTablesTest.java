package io.tidemark.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.DeletionVector;
import io.tidemark.ingest.log.FileId;
import io.tidemark.ingest.log.TableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that other writers made: partition values, deletion vectors, column mapping, their kinds of Parquet. */
class ParquetScannerSharedTablesTest {
    private static final String FOLDER = System.getProperty("tidemark.tables", "");
    private Path tables;

    @BeforeEach
    void findTables() {
        assumeTrue(!FOLDER.isEmpty(), "tidemark.tables is not set");
        tables = Path.of(FOLDER).toAbsolutePath();
        assumeTrue(Files.isDirectory(tables), () -> tables + " is not there");
    }

    /** All columns that can be read; the first time column gives the hours. */
    private static Projection everything(SharedTable table) {
        Optional<Column> time = table.columns.stream()
                .filter(c -> c.type() == ColumnType.TIMESTAMP || c.type() == ColumnType.TIMESTAMP_NTZ)
                .findFirst();
        List<Optional<Column>> values = table.columns.stream()
                .filter(c -> c.type() != ColumnType.OTHER)
                .map(Optional::of)
                .toList();
        return new Projection(time, values, table.partitionColumns, table.idMapping);
    }

    @Test
    void liveRowsAreThoseOfAnIndependentReplayAtEveryVersion() throws IOException {
        Map<String, SharedTable> replayed = new HashMap<>();
        Map<String, Long> rows = new HashMap<>();
        int checked = 0;
        List<String> versions = Files.readAllLines(tables.resolve("versions.csv"));
        for (String line : versions.subList(1, versions.size())) {
            String[] cells = line.split(",", -1);
            Path root = tables.resolve(cells[1].startsWith("golden/") ? cells[1] : "dat/" + cells[1]);
            SharedTable table = replayed.computeIfAbsent(cells[1], name -> new SharedTable(root));
            table.apply(Long.parseLong(cells[2]));
            if (cells[7].isEmpty()) {
                continue; // a log without data files, for tests of the log
            }

            ParquetScanner scanner = new ParquetScanner(new FolderFiles(root), ScanLimits.standard());
            long sum = 0;
            for (DataFile file : table.live.values()) {
                sum += rows.computeIfAbsent(cells[1] + file.id(), id ->
                        (long) Scanned.rows(scanner, file, everything(table)).size());
            }
            assertThat(sum).as(line).isEqualTo(Long.parseLong(cells[7]));
            checked++;
        }
        assertThat(checked).isGreaterThan(100);
    }

    @Test
    void valuesAreThoseThatTheTablesAuthorsExpect() throws IOException, SQLException {
        EnumSet<ColumnType> sameText = EnumSet.of(
                ColumnType.STRING,
                ColumnType.INTEGER,
                ColumnType.LONG,
                ColumnType.SHORT,
                ColumnType.BYTE,
                ColumnType.BOOLEAN,
                ColumnType.DATE,
                ColumnType.DECIMAL);
        int checked = 0;
        try (DuckDb duck = new DuckDb();
                Stream<Path> folders = Files.list(tables.resolve("dat"))) {
            for (Path folder : folders.sorted().toList()) {
                Path expected = folder.resolve("expected/latest/table_content");
                SharedTable table = replay(folder.resolve("delta"));
                List<Column> columns = table.columns.stream()
                        .filter(c -> sameText.contains(c.type()))
                        .toList();
                if (!Files.isDirectory(expected) || columns.isEmpty()) {
                    continue;
                }
                Projection projection = new Projection(
                        Optional.empty(),
                        columns.stream().map(Optional::of).toList(),
                        table.partitionColumns,
                        table.idMapping);
                assertThat(scan(table, projection))
                        .as(folder.toString())
                        .containsExactlyInAnyOrderElementsOf(duck.rows("SELECT NULL, "
                                + columns.stream()
                                        .map(c -> '"' + c.name() + "\"::VARCHAR")
                                        .collect(Collectors.joining(", "))
                                + " FROM read_parquet('" + expected + "/*.parquet')"));
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(10);
    }

    private static SharedTable replay(Path root) throws IOException {
        SharedTable table = new SharedTable(root);
        for (long version = 0; Files.exists(root.resolve("_delta_log/%020d.json".formatted(version))); version++) {
            table.apply(version);
        }
        return table;
    }

    private static List<String> scan(SharedTable table, Projection projection) {
        ParquetScanner scanner = new ParquetScanner(new FolderFiles(table.root), ScanLimits.standard());
        List<String> rows = new ArrayList<>();
        table.live.values().forEach(file -> rows.addAll(Scanned.rows(scanner, file, projection)));
        return rows;
    }

    @Test
    void timesAreTheSameWhetherStoredAsInt96OrMillis() throws IOException {
        SharedTable int96 = replay(tables.resolve("golden/kernel-timestamp-INT96"));
        SharedTable millis = replay(tables.resolve("golden/kernel-timestamp-TIMESTAMP_MILLIS"));
        String[] expected = {
            "439040|0|2020-01-01T08:09:10.001Z|2020-02-01T08:09:10Z",
            "254217|1|2021-10-01T08:09:20Z|1999-01-01T09:00:00Z",
            "262977|2|2021-10-01T08:09:20Z|2000-01-01T09:00:00Z",
            "-8760|3|1969-01-01T00:00:00Z|1969-01-01T00:00:00Z",
            "NULL|4|NULL|NULL"
        };
        for (SharedTable table : List.of(int96, millis)) {
            Column time = table.columns.get(2);
            Projection projection = new Projection(
                    Optional.of(time),
                    table.columns.stream().map(Optional::of).toList(),
                    table.partitionColumns,
                    false);
            assertThat(scan(table, projection)).containsExactlyInAnyOrder(expected);
        }
    }

    @Test
    void hoursOfAPartitionColumnAreThoseOfItsText() throws IOException {
        SharedTable table = replay(tables.resolve("golden/kernel-timestamp-INT96"));
        Projection projection =
                new Projection(Optional.of(table.columns.get(1)), List.of(), table.partitionColumns, false);

        assertThat(scan(table, projection)).containsExactlyInAnyOrder("438296", "453632", "453632", "-8760", "NULL");
    }

    @Test
    void aDamagedDeletionVectorIsRefused() throws IOException {
        SharedTable table = replay(tables.resolve("dat/deletion_vectors/delta"));
        DataFile file = table.live.values().iterator().next();
        DeletionVector good = file.deletionVector().orElseThrow();
        ParquetScanner scanner = new ParquetScanner(new FolderFiles(table.root), ScanLimits.standard());
        String path = good.pathOrInlineDv();

        for (DeletionVector bad : List.of(
                new DeletionVector("u", path, Optional.of(2), good.sizeInBytes(), good.cardinality()),
                new DeletionVector("u", path, good.offset(), good.sizeInBytes() - 1, good.cardinality()),
                new DeletionVector("u", path, good.offset(), good.sizeInBytes(), good.cardinality() + 1),
                new DeletionVector("u", path, good.offset(), good.sizeInBytes(), good.cardinality() - 1),
                new DeletionVector("u", path, good.offset(), Integer.MAX_VALUE, good.cardinality()),
                new DeletionVector("u", path.substring(1), good.offset(), good.sizeInBytes(), good.cardinality()),
                new DeletionVector("p", "file:///etc/passwd", Optional.of(0), 4, 1),
                new DeletionVector("i", "wi5b=000010000siXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L", Optional.empty(), 41, 6),
                new DeletionVector("x", path, good.offset(), good.sizeInBytes(), good.cardinality()))) {
            DataFile with = new DataFile(file.path(), Optional.of(bad), Map.of(), file.size(), Optional.empty());
            assertThatThrownBy(() -> scanner.scan(with, everything(table), batch -> {}))
                    .as(bad.toString())
                    .isInstanceOf(TableException.class)
                    .hasMessageContaining(file.path())
                    .hasMessageContaining("deletion vector");
        }
    }

    @Test
    void anAbsolutePathUnderTheRootIsTheSameDeletionVector() throws IOException {
        SharedTable table = replay(tables.resolve("dat/deletion_vectors/delta"));
        DataFile file = table.live.values().iterator().next();
        DeletionVector good = file.deletionVector().orElseThrow();
        Path stored;
        try (Stream<Path> files = Files.list(table.root)) {
            stored =
                    files.filter(f -> f.toString().endsWith(".bin")).findFirst().orElseThrow();
        }
        DeletionVector absolute = new DeletionVector(
                "p", stored.toUri().toString(), good.offset(), good.sizeInBytes(), good.cardinality());
        SharedTable other = new SharedTable(table.root);
        DataFile with = new DataFile(file.path(), Optional.of(absolute), Map.of(), file.size(), Optional.empty());
        other.live.put(new FileId(file.path(), Optional.empty()), with);

        assertThat(scan(other, everything(table))).isEqualTo(scan(table, everything(table)));
        assertThat(Set.copyOf(scan(table, everything(table)))).hasSize(1);
    }
}
