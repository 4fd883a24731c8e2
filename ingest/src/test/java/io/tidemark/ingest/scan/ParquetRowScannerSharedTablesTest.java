package io.tidemark.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tables that other writers made. What the counting scan reads of them was checked against their authors and DuckDB: the row
 * scan must give the same rows, and under a filter those of them that match.
 */
class ParquetRowScannerSharedTablesTest {
    private static final String FOLDER = System.getProperty("tidemark.tables", "");
    private static final long MICROS_PER_HOUR = 3_600_000_000L;
    private Path tables;

    @BeforeEach
    void findTables() {
        assumeTrue(!FOLDER.isEmpty(), "tidemark.tables is not set");
        tables = Path.of(FOLDER).toAbsolutePath();
        assumeTrue(Files.isDirectory(tables), () -> tables + " is not there");
    }

    /** Every table of the list at its last version. */
    private Map<String, SharedTable> latest() throws IOException {
        Map<String, SharedTable> replayed = new LinkedHashMap<>();
        List<String> versions = Files.readAllLines(tables.resolve("versions.csv"));
        for (String line : versions.subList(1, versions.size())) {
            String[] cells = line.split(",", -1);
            Path root = tables.resolve(cells[1].startsWith("golden/") ? cells[1] : "dat/" + cells[1]);
            SharedTable table = replayed.computeIfAbsent(cells[1], name -> new SharedTable(root));
            table.apply(Long.parseLong(cells[2]));
            if (cells[7].isEmpty()) {
                replayed.remove(cells[1]); // a log without data files, for tests of the log
            }
        }
        return replayed;
    }

    @Test
    void rowsAreThoseOfTheCountingScanAndUnderAFilterThoseThatMatch() throws IOException {
        int files = 0;
        int withVectors = 0;
        for (Map.Entry<String, SharedTable> entry : latest().entrySet()) {
            for (DataFile file : entry.getValue().live.values()) {
                checkFile(entry.getKey() + " " + file.path(), entry.getValue(), file);
                files++;
                withVectors += file.deletionVector().isPresent() ? 1 : 0;
            }
        }
        assertThat(files).isGreaterThan(100);
        assertThat(withVectors).isPositive();
    }

    private static void checkFile(String name, SharedTable table, DataFile file) {
        List<Column> columns =
                table.columns.stream().filter(c -> c.type() != ColumnType.OTHER).toList();
        Optional<Column> time = columns.stream().filter(HourForm::isTime).findFirst();
        Projection counting = new Projection(
                time, columns.stream().map(Optional::of).toList(), table.partitionColumns, table.idMapping);
        RowProjection wanted = new RowProjection(columns, time, table.partitionColumns, table.idMapping);
        FolderFiles folder = new FolderFiles(table.root);
        List<String> expected = Scanned.rows(new ParquetScanner(folder, ScanLimits.standard()), file, counting);
        RowScanner scanner = new ParquetRowScanner(folder, ScanLimits.standard());

        List<String> all = ScannedRows.rows(scanner, file, wanted, RowFilter.ALL);

        assertThat(withHours(all)).as(name).isEqualTo(expected);
        for (int i = 0; i < columns.size() && !expected.isEmpty(); i++) {
            int cell = i;
            String value = cells(expected.get(expected.size() / 2))[1 + i];
            boolean isNull = value.equals("NULL");
            if (columns.get(i).type() == ColumnType.BINARY || cells(expected.get(0)).length != columns.size() + 1) {
                continue; // the separator is within the values
            }
            RowFilter filter = ScannedRows.filter(
                    new RowFilter.Condition(Optional.of(columns.get(i)), isNull ? Set.of() : Set.of(value), isNull));
            assertThat(withHours(ScannedRows.rows(scanner, file, wanted, filter)))
                    .as(name + " where " + columns.get(i).name() + " is " + value)
                    .isEqualTo(expected.stream()
                            .filter(row -> cells(row)[1 + cell].equals(value))
                            .toList());
        }
    }

    private static String[] cells(String row) {
        return row.split("\\|", -1);
    }

    /** Rows without their positions and with hours for microseconds. */
    private static List<String> withHours(List<String> rows) {
        List<String> result = new ArrayList<>();
        for (String row : rows) {
            int first = row.indexOf('|') + 1;
            int second = row.indexOf('|', first);
            second = second < 0 ? row.length() : second;
            String micros = row.substring(first, second);
            String hour = micros.equals("NULL")
                    ? micros
                    : Long.toString(Math.floorDiv(Long.parseLong(micros), MICROS_PER_HOUR));
            result.add(hour + row.substring(second));
        }
        return result;
    }
}
