package io.tidemark.web.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.TableException;
import io.tidemark.web.export.ExportStoppedException.Cause;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of downloads that do not come to their end, and of what they held. */
@Timeout(120)
class ExportTest {
    private static final List<Column> COLUMNS = List.of(
            new Column("id", "id", OptionalInt.empty(), ColumnType.LONG, "long"),
            new Column("text", "text", OptionalInt.empty(), ColumnType.STRING, "string"));
    private static final ExportLimits LIMITS =
            new ExportLimits(2, 3, 2, 4096, 32 << 10, 64 << 20, 256 << 10, Duration.ofSeconds(60));

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeFiles() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement duck = connection.createStatement()) {
            for (int f = 0; f < 4; f++) {
                duck.execute("COPY (SELECT i AS id, md5(i::VARCHAR) AS text FROM range(" + f * 30_000 + ", "
                        + (f + 1) * 30_000
                        + ") r(i)) TO '" + folder.resolve("part-" + f + ".parquet")
                        + "' (FORMAT parquet, ROW_GROUP_SIZE 10000)");
            }
        }
    }

    private static ListedFiles table() throws IOException {
        ListedFiles table = new ListedFiles(folder, COLUMNS, List.of());
        for (int f = 3; f >= 0; f--) {
            table.add("part-" + f + ".parquet", Map.of());
        }
        return table;
    }

    private static void assertNothingIsHeld(Exports exports) {
        assertThat(exports.running()).isZero();
        assertThat(exports.bytesAhead()).isZero();
        assertThat(exports.freeTurns()).isEqualTo(LIMITS.turns());
    }

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void aDownloadThatIsStoppedWhileItsClientTakesNothingReleasesEverything(ExportFormat format) throws Exception {
        ListedFiles table = table();
        try (Exports exports = new Exports(LIMITS)) {
            AtomicLong most = new AtomicLong();
            try (table;
                    Exports.Ticket ticket = exports.admit().orElseThrow()) {
                assertThatThrownBy(() -> ticket.run(table.rows(), format, false, table.about(), (bytes, length) -> {
                            most.accumulateAndGet(exports.bytesAhead(), Math::max);
                            ticket.stop(Cause.CLIENT_GONE);
                        }))
                        .isInstanceOfSatisfying(
                                ExportStoppedException.class,
                                e -> assertThat(e.stopped()).isEqualTo(Cause.CLIENT_GONE));
            }
            assertNothingIsHeld(exports);
            assertThat(most.get()).isLessThanOrEqualTo(LIMITS.aheadBytes() + 3L * 2 * LIMITS.chunkBytes());
        }
        assertThat(table.isClosed()).isTrue();
    }

    @Test
    void aSinkThatFailsStopsTheReading() throws Exception {
        ListedFiles table = table();
        try (Exports exports = new Exports(LIMITS)) {
            try (Exports.Ticket ticket = exports.admit().orElseThrow()) {
                assertThatThrownBy(
                                () -> ticket.run(table.rows(), ExportFormat.CSV, false, table.about(), (bytes, n) -> {
                                    throw new ExportStoppedException(Cause.STALLED);
                                }))
                        .isInstanceOf(ExportStoppedException.class);
            }
            assertNothingIsHeld(exports);
        }
    }

    @Test
    void aFileThatIsGoneEndsTheDownloadWithItsName() throws Exception {
        ListedFiles table = table();
        table.add("part-9.parquet", Map.of());
        try (Exports exports = new Exports(LIMITS)) {
            try (Exports.Ticket ticket = exports.admit().orElseThrow()) {
                assertThatThrownBy(() ->
                                ticket.run(table.rows(), ExportFormat.CSV, false, table.about(), (bytes, n) -> {}))
                        .isInstanceOf(TableException.class)
                        .hasMessageContaining("part-9.parquet");
            }
            assertNothingIsHeld(exports);
        }
    }

    @Test
    void noMoreAreLetInThanAllowedAndNoneAfterTheEnd() {
        Exports exports = new Exports(LIMITS);
        Exports.Ticket first = exports.admit().orElseThrow();
        Exports.Ticket second = exports.admit().orElseThrow();
        assertThat(exports.admit()).isEmpty();
        first.close();
        assertThat(exports.admit()).isPresent();
        second.close();
        exports.close();
        assertThat(exports.admit()).isEmpty();
    }

    @Test
    void aSheetThatIsFullIsFollowedByAnother() throws Exception {
        ListedFiles table = table();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        OutputBuffer out = new OutputBuffer(1024);
        XlsxEncoder encoder = new XlsxEncoder(table.about(), 4);
        encoder.begin(out);
        encoder.rows(cells("a", "b", "c", "d", "e", "f", "x".repeat(40_000)), out);
        encoder.end(out);
        all.write(out.bytes(), 0, out.length());

        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(all.toByteArray()))) {
            List<Sheet> sheets = workbook.getSheets().toList();
            assertThat(sheets.stream().map(Sheet::getName)).containsExactly("Rows", "Rows 2", "Rows 3", "About");
            assertThat(XlsxCells.of(sheets.get(1), COLUMNS))
                    .containsExactly(List.of("id", "text"), List.of("1", "d"), List.of("1", "e"), List.of("1", "f"));
            assertThat(XlsxCells.of(sheets.get(2), COLUMNS).get(1).get(1)).hasSize(XlsxText.MAX_LENGTH);
            assertThat(XlsxCells.of(sheets.get(3), COLUMNS))
                    .contains(List.of("rows", "7"), List.of("texts cut at 32767 characters", "1"));
        }
    }

    /** Rows with the id 1 and these texts, as {@link CellsWriter} writes them. */
    private static byte[] cells(String... texts) {
        ByteArrayOutputStream cells = new ByteArrayOutputStream();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            cells.write(2);
            cells.write('1');
            for (int left = bytes.length + 1; left > 0; left >>>= 7) {
                cells.write(left < 0x80 ? left : left & 0x7f | 0x80);
            }
            cells.writeBytes(bytes);
        }
        return cells.toByteArray();
    }

    @Test
    void timesAreReadToTheMicrosecondFromTheLeastToTheGreatest() {
        for (long micros :
                new long[] {Long.MIN_VALUE, -1, 0, 1, 1_767_225_600_123_456L, 253_402_300_800_000_000L, Long.MAX_VALUE
                }) {
            java.time.Instant instant = java.time.Instant.ofEpochSecond(
                    Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
            byte[] text = instant.toString().getBytes(StandardCharsets.US_ASCII);
            assertThat(IsoTime.micros(text, 0, text.length))
                    .as(instant.toString())
                    .isEqualTo(micros);
        }
        for (String day :
                List.of("0000-02-29", "1582-10-15", "2000-02-29", "2026-12-31", "-0001-03-01", "+12345-01-01")) {
            byte[] text = day.getBytes(StandardCharsets.US_ASCII);
            assertThat(IsoTime.day(text, 0, text.length))
                    .isEqualTo(java.time.LocalDate.parse(day).toEpochDay());
        }
    }

    @Test
    void fileNamesHaveOnlyWhatEveryHeaderAndFileSystemTakes() throws IOException {
        ExportAbout about = table().about();
        for (String name : List.of("events", "\"; x=\r\n", "../../etc", "табло", "a".repeat(500))) {
            ExportAbout hostile =
                    new ExportAbout(name, about.uri(), 7, "e", about.committedAt(), "", about.exportedAt(), COLUMNS);
            assertThat(ExportFileName.of(hostile, ExportFormat.CSV))
                    .matches("[A-Za-z0-9_-]{1,100}-v7-20260101T120000Z\\.csv");
        }
    }
}
