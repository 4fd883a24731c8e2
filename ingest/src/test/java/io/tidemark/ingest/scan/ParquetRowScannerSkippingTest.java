package io.tidemark.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.log.DataFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a filter excludes is not read: shown by the bytes that are. */
class ParquetRowScannerSkippingTest {
    private static final int ROWS = 100_000;
    private static final long SECOND = 1_000_000L;
    private static final RowProjection ALL_COLUMNS =
            ScannedRows.projection("time timestamp", "time timestamp", "kind string", "text string");

    /** Nothing is read whole, and little ahead. */
    private static final ScanLimits SMALL_READS =
            new ScanLimits(0, 1 << 12, 1 << 24, 1 << 26, 1 << 16, 1 << 28, 1 << 20, 1);

    private static DuckDb duck;

    @TempDir
    static Path folder;

    private static Path paged;
    private static Path grouped;

    @BeforeAll
    static void write() throws SQLException, IOException {
        duck = new DuckDb();
        paged = folder.resolve("paged.parquet");
        GroupFile.write(
                paged,
                """
                message rows {
                  required int64 time (TIMESTAMP(MICROS,true));
                  required binary kind (STRING);
                  required binary text (STRING);
                }
                """,
                WriterVersion.PARQUET_1_0,
                b -> b.withPageRowCountLimit(1_000).withDictionaryEncoding("text", false),
                ROWS,
                (i, row) -> {
                    row.add("time", i * SECOND);
                    row.add("kind", i / 5_000 % 2 == 0 ? "a" : "c" + i / 10_000);
                    row.add("text", "text number " + i);
                });
        // Of each group "b" lies between the bounds, and only the dictionary tells that it has none.
        grouped = folder.resolve("grouped.parquet");
        duck.run("COPY (SELECT make_timestamp(i * 1000000) AS time, CASE WHEN i % 2 = 0 THEN 'a' "
                + "WHEN i // 10240 = 4 THEN 'b' ELSE 'c' END AS kind, 'text number ' || i AS text FROM range(" + ROWS
                + ") r(i)) TO '" + grouped + "' (FORMAT parquet, ROW_GROUP_SIZE 10240)");
    }

    @AfterAll
    static void close() throws SQLException {
        duck.close();
    }

    private static ScanResult scan(Path path, RowFilter filter) {
        return ScannedRows.scanner(path, SMALL_READS)
                .scan(Scanned.file(path), ALL_COLUMNS, filter, batch -> true, new ScanControl());
    }

    private static RowFilter seconds(long from, long to) {
        return ScannedRows.filter(OptionalLong.of(from * SECOND), OptionalLong.of(to * SECOND));
    }

    @Test
    void aRangeOfTimeReadsOnlyThePagesWhereItLies() {
        long all = scan(paged, RowFilter.ALL).bytesRead();

        ScanResult few = scan(paged, seconds(50_500, 52_500));

        assertThat(few.rows()).isEqualTo(2_000);
        assertThat(few.physicalRows()).isEqualTo(ROWS);
        assertThat(few.bytesRead()).isLessThan(all / 10);
    }

    @Test
    void aRangeOfTimeReadsOnlyTheRowGroupsWhereItLies() {
        long all = scan(grouped, RowFilter.ALL).bytesRead();

        ScanResult few = scan(grouped, seconds(10_300, 20_400));

        assertThat(few.rows()).isEqualTo(10_100);
        assertThat(few.bytesRead()).isLessThan(all / 4);
    }

    @Test
    void anAcceptedValueReadsOnlyThePagesThatMayHaveIt() {
        long all = scan(paged, RowFilter.ALL).bytesRead();

        ScanResult few = scan(paged, ScannedRows.filter(ScannedRows.condition("kind string", "c3")));

        assertThat(few.rows()).isEqualTo(5_000);
        assertThat(few.bytesRead()).isLessThan(all / 8);
    }

    @Test
    void aValueOutsideTheBoundsOfARowGroupReadsNothingOfIt() {
        ScanResult none = scan(grouped, ScannedRows.filter(ScannedRows.condition("kind string", "d")));

        assertThat(none.rows()).isZero();
        assertThat(none.bytesRead()).as("the end of the file").isLessThanOrEqualTo(1 << 16);
    }

    @Test
    void aDictionaryWithoutTheValueSparesTheRestOfItsRowGroup() {
        long all = scan(grouped, RowFilter.ALL).bytesRead();

        ScanResult few = scan(grouped, ScannedRows.filter(ScannedRows.condition("kind string", "b")));

        assertThat(few.rows()).isEqualTo(5_120);
        assertThat(few.bytesRead()).isLessThan(all / 4);
    }

    @Test
    void rowsAtPositionsReadOnlyTheirPages() {
        long all = scan(paged, RowFilter.ALL).bytesRead();

        ScanResult few = ScannedRows.scanner(paged, SMALL_READS)
                .fetch(
                        Scanned.file(paged),
                        ALL_COLUMNS,
                        new long[] {7, 60_000, 60_007, 2L * ROWS},
                        batch -> true,
                        new ScanControl());

        assertThat(few.rows()).isEqualTo(3);
        assertThat(few.bytesRead()).isLessThan(all / 10);
    }

    @Test
    void partitionValuesExcludeAFileBeforeItIsOpened() {
        RowProjection projection =
                new RowProjection(List.of(), Optional.of(Scanned.column("day date")), Set.of("day", "kind"), false);
        DataFile absent = new DataFile(
                "absent.parquet", Optional.empty(), Map.of("day", "2025-01-02", "kind", "x"), 1_000, Optional.empty());
        RowScanner scanner = ScannedRows.scanner(paged, SMALL_READS);
        for (RowFilter excluding : List.of(
                ScannedRows.filter(ScannedRows.condition("kind string", "y", null)),
                seconds(0, 1_735_776_000L),
                seconds(1_735_776_001L, 1_835_776_000L))) {
            assertThat(scanner.scan(absent, projection, excluding, batch -> true, new ScanControl())
                            .bytesRead())
                    .isZero();
        }
        assertThatThrownBy(() -> scanner.scan(
                        absent, projection, seconds(1_735_776_000L, 1_735_776_001L), batch -> true, new ScanControl()))
                .hasMessageContaining("absent.parquet");
    }

    @Test
    void aCancelledScanEndsBeforeItsNextBatch() {
        ScanControl control = new ScanControl();
        AtomicInteger batches = new AtomicInteger();

        assertThatThrownBy(() -> ScannedRows.scanner(paged, SMALL_READS)
                        .scan(
                                Scanned.file(paged),
                                ALL_COLUMNS,
                                RowFilter.ALL,
                                batch -> {
                                    batches.incrementAndGet();
                                    control.cancel();
                                    return true;
                                },
                                control))
                .isInstanceOf(ScanCancelledException.class);

        assertThat(batches).hasValue(1);
        assertThat(control.rowsPassed()).isEqualTo(ChunkReader.BATCH_ROWS);
        assertThat(control.bytesRead()).isPositive();
    }

    @Test
    void aConsumerThatHasEnoughEndsTheScan() {
        ScanResult result = ScannedRows.scanner(paged, SMALL_READS)
                .scan(Scanned.file(paged), ALL_COLUMNS, RowFilter.ALL, batch -> false, new ScanControl());

        assertThat(result.rows()).isEqualTo(ChunkReader.BATCH_ROWS);
    }

    @Test
    void progressCountsSkippedRowsToo() {
        ScanControl control = new ScanControl();

        ScannedRows.scanner(paged, SMALL_READS)
                .scan(Scanned.file(paged), ALL_COLUMNS, seconds(50_500, 52_500), batch -> true, control);

        assertThat(control.rowsPassed()).isEqualTo(ROWS);
    }

    @Test
    void timesAreExactAtTheEndsOfTheirRange() throws SQLException {
        Path file = folder.resolve("extremes.parquet");
        duck.run("""
                COPY (SELECT * FROM (VALUES
                  (TIMESTAMP '1970-01-01 00:00:00'), (TIMESTAMP '1969-12-31 23:59:59.999999'), (NULL),
                  (TIMESTAMP '0001-01-01 00:00:00'), (TIMESTAMP '9999-12-31 23:59:59.999999'),
                  (make_timestamp(-9223372022400000000)), (make_timestamp(9223372036854775806))) v(time)) TO '""" + file + "' (FORMAT parquet)");
        RowProjection time = ScannedRows.projection("time timestamp");

        assertThat(ScannedRows.rows(file, time, RowFilter.ALL, SMALL_READS))
                .isEqualTo(duck.rows("SELECT row_number() OVER () - 1, epoch_us(time) FROM '" + file + "'"));
        assertThat(ScannedRows.rows(file, time, seconds(-1, 1), SMALL_READS)).containsExactly("0|0", "1|-1");
        assertThat(ScannedRows.rows(
                        file,
                        time,
                        ScannedRows.filter(OptionalLong.of(RowFilter.OPEN_FROM + 1), OptionalLong.empty()),
                        SMALL_READS))
                .as("any range excludes rows without a time, and nothing else")
                .hasSize(6);
    }
}
