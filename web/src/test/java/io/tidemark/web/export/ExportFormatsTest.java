package io.tidemark.web.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of several files and all types, in every format, read back by others: DuckDB, and a reader of Excel files. */
class ExportFormatsTest {
    private static final int FILES = 7;
    private static final List<Column> COLUMNS = List.of(
            column("id", ColumnType.LONG, "long"),
            column("tiny", ColumnType.BYTE, "byte"),
            column("small", ColumnType.SHORT, "short"),
            column("whole", ColumnType.INTEGER, "integer"),
            column("text", ColumnType.STRING, "string"),
            column("flag", ColumnType.BOOLEAN, "boolean"),
            column("price", ColumnType.DECIMAL, "decimal(7,2)"),
            column("amount", ColumnType.DECIMAL, "decimal(18,3)"),
            column("huge", ColumnType.DECIMAL, "decimal(38,10)"),
            column("ratio", ColumnType.DOUBLE, "double"),
            column("part of one", ColumnType.FLOAT, "float"),
            column("day", ColumnType.DATE, "date"),
            column("at", ColumnType.TIMESTAMP, "timestamp"),
            column("local", ColumnType.TIMESTAMP_NTZ, "timestamp_ntz"),
            column("data", ColumnType.BINARY, "binary"),
            column("region", ColumnType.STRING, "string"),
            column("missing", ColumnType.STRING, "string"));
    private static final List<String> TYPES = List.of(
            "BIGINT",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "VARCHAR",
            "BOOLEAN",
            "DECIMAL(7,2)",
            "DECIMAL(18,3)",
            "DECIMAL(38,10)",
            "DOUBLE",
            "FLOAT",
            "DATE",
            "TIMESTAMP WITH TIME ZONE",
            "TIMESTAMP",
            "BLOB",
            "VARCHAR",
            "VARCHAR");

    private static Connection connection;
    private static Statement duck;
    private static ListedFiles table;

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeTable() throws SQLException, IOException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        duck = connection.createStatement();
        duck.execute("SET TimeZone='UTC'");
        duck.execute("""
                CREATE TABLE source AS SELECT
                  CASE WHEN i % 2 = 0 THEN i * 1000000000000 WHEN i = 7 THEN -9223372036854775808 ELSE -i END::BIGINT AS id,
                  CASE WHEN i % 11 = 0 THEN NULL ELSE i % 256 - 128 END::TINYINT AS tiny,
                  (i % 65536 - 32768)::SMALLINT AS small,
                  (i * 1000 - 2147483648)::INTEGER AS whole,
                  CASE WHEN i % 9 = 5 THEN NULL ELSE
                    ['', 'plain', 'a,b', 'say "so"', 'two' || chr(13) || chr(10) || 'lines', ' padded ', 'null',
                     'Ünïcödé ☂ 😀', '=1+1', chr(9) || 'tab', 'back\\slash', chr(1) || chr(31), '_x0041_ & <tag>'
                    ][1 + i % 13] || CASE WHEN i % 3 = 0 THEN '' ELSE ' ' || i END END AS text,
                  CASE WHEN i % 5 = 0 THEN NULL ELSE i % 3 = 0 END AS flag,
                  ((i - 5000) / 8)::DECIMAL(7, 2) AS price,
                  CASE WHEN i % 7 = 0 THEN NULL ELSE CAST(i - 5000 AS DECIMAL(12, 3)) / 8 END::DECIMAL(18, 3) AS amount,
                  CASE WHEN i % 7 = 1 THEN NULL ELSE (1234567890123456789012345678 - i * 3)::DECIMAL(38, 10) / 7
                       END::DECIMAL(38, 10) * (i % 2 * 2 - 1)::DECIMAL(38, 10)::INTEGER AS huge,
                  CASE WHEN i % 8 = 0 THEN NULL WHEN i % 8 = 1 THEN 1e300 / (i + 1) WHEN i % 8 = 2 THEN 'nan'
                       WHEN i % 8 = 3 THEN '-inf' ELSE (i - 900) / 7.0 END::DOUBLE AS ratio,
                  (i / 7)::FLOAT AS "part of one",
                  CASE WHEN i % 6 = 0 THEN NULL ELSE DATE '1860-02-28' + CAST(i * 17 AS INTEGER) END AS day,
                  CASE WHEN i % 10 = 0 THEN NULL
                       ELSE make_timestamptz(i * 3333333333000 - 9999999999999000 + i % 4 * 200) END AS at,
                  CASE WHEN i % 10 = 1 THEN NULL WHEN i % 10 = 2 THEN make_timestamp(253402300780000000 + i * 1000)
                       ELSE make_timestamp(i * 3333333333000 - 999999999999000 + i % 4 * 200) END AS local,
                  CASE WHEN i % 4 = 0 THEN NULL ELSE encode('bytes ' || i) END AS data,
                  CASE WHEN i %% 7 = 3 THEN NULL ELSE 'Région ' || (i %% 7) END AS region,
                  NULL::VARCHAR AS missing
                FROM range(9000) r(i)
                """.replace("%%", "%"));
        table = new ListedFiles(folder, COLUMNS, List.of("region"));
        duck.execute("CREATE TABLE expected AS SELECT * FROM source LIMIT 0");
        for (int f = FILES - 1; f >= 0; f--) {
            String name = "part-" + f + ".parquet";
            String of = "SELECT * FROM source WHERE coalesce(region, 'Région 3') = 'Région " + f + "'";
            duck.execute("COPY (SELECT * EXCLUDE (region, missing) FROM (" + of + ")) TO '" + folder.resolve(name)
                    + "' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
            table.add(name, region(f));
        }
        for (int f = 0; f < FILES; f++) {
            duck.execute("INSERT INTO expected SELECT * FROM source WHERE coalesce(region, 'Région 3') = 'Région " + f
                    + "'");
        }
    }

    private static Map<String, String> region(int f) {
        Map<String, String> values = new java.util.HashMap<>();
        values.put("region", f == 3 ? null : "Région " + f);
        return values;
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    private static Column column(String name, ColumnType type, String typeName) {
        return new Column(name, name, OptionalInt.empty(), type, typeName);
    }

    private static Path export(ExportFormat format, boolean raw) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ExportLimits limits =
                new ExportLimits(1, 3, 2, 4096, 64 << 10, 1 << 20, 256 << 10, java.time.Duration.ofSeconds(60));
        try (Exports exports = new Exports(limits);
                Exports.Ticket ticket = exports.admit().orElseThrow()) {
            ticket.run(table.rows(), format, raw, table.about(), (bytes, length) -> all.write(bytes, 0, length));
        }
        return Files.write(folder.resolve("out." + format.extension()), all.toByteArray());
    }

    private static List<String> rows(String sql) throws SQLException {
        return DuckRows.of(connection, sql);
    }

    private static String types() {
        StringBuilder types = new StringBuilder("{");
        for (int i = 0; i < COLUMNS.size(); i++) {
            String type = TYPES.get(i).equals("BLOB") ? "VARCHAR" : TYPES.get(i);
            types.append(i == 0 ? "" : ", ")
                    .append('\'')
                    .append(COLUMNS.get(i).name())
                    .append("': '")
                    .append(type)
                    .append('\'');
        }
        return types.append('}').toString();
    }

    @Test
    void csvIsWhatDuckDbHasInTheOrderOfThePaths() throws Exception {
        Path file = export(ExportFormat.CSV, true);

        assertThat(rows("SELECT * FROM read_csv('" + file + "', header = true, delim = ',', quote = '\"', "
                        + "escape = '\"', nullstr = '', allow_quoted_nulls = false, new_line = '\\r\\n', columns = "
                        + types() + ")"))
                .isEqualTo(rows("SELECT * REPLACE (base64(data) AS data) FROM expected"));
    }

    @Test
    void ndjsonIsWhatDuckDbHas() throws Exception {
        Path file = export(ExportFormat.NDJSON, false);

        assertThat(rows("SELECT * FROM read_json('" + file + "', format = 'newline_delimited', columns = " + types()
                        + ")"))
                .isEqualTo(rows("SELECT * REPLACE (base64(data) AS data) FROM expected"));
    }

    @Test
    void parquetIsWhatDuckDbHasInTheTablesTypesAndSaysWhatItIsOf() throws Exception {
        Path file = export(ExportFormat.PARQUET, false);

        assertThat(rows("SELECT * FROM '" + file + "'")).isEqualTo(rows("SELECT * FROM expected"));
        assertThat(strings("SELECT column_type FROM (DESCRIBE SELECT * FROM '" + file + "')"))
                .isEqualTo(TYPES);
        assertThat(strings("SELECT decode(key) || '=' || decode(value) FROM parquet_kv_metadata('" + file + "')"))
                .contains(
                        "tidemark.table=events",
                        "tidemark.version=7",
                        "tidemark.epoch=epoch",
                        "tidemark.filter=channel=web");
        assertThat(strings("SELECT count(DISTINCT row_group_id) > 3 FROM parquet_metadata('" + file + "')"))
                .as("row groups are bounded")
                .containsExactly("true");
    }

    private static List<String> strings(String sql) throws SQLException {
        return DuckRows.first(connection, sql);
    }

    @Test
    void excelHasTheSameCellsAndASheetThatSaysWhatItIsOf() throws Exception {
        byte[] file = Files.readAllBytes(export(ExportFormat.XLSX, false));
        List<List<String>> expected = new ArrayList<>();
        expected.add(COLUMNS.stream().map(Column::name).toList());
        try (Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery("SELECT * REPLACE (base64(data) AS data) FROM expected")) {
            while (rows.next()) {
                expected.add(XlsxCells.expected(rows, COLUMNS));
            }
        }

        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(file))) {
            List<Sheet> sheets = workbook.getSheets().toList();
            assertThat(sheets.stream().map(Sheet::getName)).containsExactly("Rows", "About");
            List<List<String>> cells = XlsxCells.of(sheets.get(0), COLUMNS);
            assertThat(cells).hasSameSizeAs(expected);
            for (int i = 0; i < cells.size(); i++) {
                assertThat(cells.get(i)).isEqualTo(expected.get(i));
            }
            assertThat(XlsxCells.of(sheets.get(1), COLUMNS.subList(0, 2)))
                    .contains(
                            List.of("tidemark.version", "7"),
                            List.of("tidemark.filter", "channel=web"),
                            List.of("rows", "9000"));
        }
    }
}
