package io.tidemark.web.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.TableMetadata;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Structs, arrays and maps in every format, read back by DuckDB as what it wrote. */
class NestedExportTest {
    private static final List<String> TYPES = List.of(
            "BIGINT",
            "STRUCT(a BIGINT, \"big one\" DECIMAL(38,3), \"data\" VARCHAR, \"inner\" STRUCT(small TINYINT, x DOUBLE, \"day\" DATE))",
            "VARCHAR[]",
            "MAP(INTEGER, STRUCT(moment TIMESTAMP WITH TIME ZONE, flags BOOLEAN[])[])");

    private static final String SCHEMA = """
            {"type":"struct","fields":[
              {"name":"id","type":"long"},
              {"name":"s","type":{"type":"struct","fields":[
                {"name":"a","type":"long"},
                {"name":"big one","type":"decimal(38,3)"},
                {"name":"data","type":"string"},
                {"name":"inner","type":{"type":"struct","fields":[
                  {"name":"small","type":"byte"},{"name":"x","type":"double"},{"name":"day","type":"date"}]}}]}},
              {"name":"words","type":{"type":"array","elementType":"string","containsNull":true}},
              {"name":"m","type":{"type":"map","keyType":"integer","valueContainsNull":true,"valueType":
                {"type":"array","containsNull":true,"elementType":{"type":"struct","fields":[
                  {"name":"moment","type":"timestamp"},
                  {"name":"flags","type":{"type":"array","elementType":"boolean","containsNull":true}}]}}}}]}
            """;

    private static final List<Column> COLUMNS =
            TableMetadata.parse("id", SCHEMA, List.of(), Map.of()).columns();

    private static Connection duck;
    private static ListedFiles table;

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeTable() throws SQLException, IOException {
        duck = DriverManager.getConnection("jdbc:duckdb:");
        run("SET TimeZone='UTC'");
        run("""
                CREATE TABLE expected AS SELECT i AS id,
                  CASE WHEN i % 7 = 0 THEN NULL ELSE {
                    'a': CASE WHEN i % 3 = 0 THEN NULL WHEN i = 8 THEN -9223372036854775808 ELSE i END::BIGINT,
                    'big one': ((i * 1234567891 - 5000000000000) / 8)::DECIMAL(38, 3),
                    'data': [NULL, '', 'say "so", \\', 'two' || chr(13) || chr(10) || 'lines', 'Ünïcödé ☂ 😀', '=1+1'][1 + i % 6],
                    'inner': CASE WHEN i % 5 = 0 THEN NULL ELSE
                        {'small': (i % 256 - 128)::TINYINT, 'x': CASE i % 4 WHEN 0 THEN 1e300 WHEN 1 THEN NULL ELSE i / 7 END::DOUBLE,
                         'day': DATE '1860-02-28' + i::INTEGER} END} END AS s,
                  CASE WHEN i % 5 = 0 THEN NULL WHEN i % 5 = 1 THEN [] WHEN i % 5 = 2 THEN [NULL]
                    ELSE ['a' || i, '', NULL] END::VARCHAR[] AS words,
                  CASE WHEN i % 6 = 0 THEN NULL WHEN i % 6 = 1 THEN MAP {} ELSE
                    MAP {i: [{'moment': make_timestamptz(i * 3333333333333 - 999999999999999), 'flags': [true, NULL]}, NULL],
                         -i: CASE WHEN i % 2 = 0 THEN NULL ELSE [] END,
                         0: [{'moment': NULL, 'flags': NULL}, {'moment': NULL, 'flags': []}]} END
                    ::MAP(INTEGER, STRUCT(moment TIMESTAMPTZ, flags BOOLEAN[])[]) AS m
                FROM range(1, 5001) r(i)
                """);
        table = new ListedFiles(folder, COLUMNS, List.of());
        for (int f = 0; f < 3; f++) {
            String name = "part-" + f + ".parquet";
            run("COPY (SELECT * FROM expected WHERE id > " + f * 2000 + " AND id <= " + (f + 1) * 2000 + ") TO '"
                    + folder.resolve(name) + "' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
            table.add(name, Map.of());
        }
    }

    private static void run(String sql) throws SQLException {
        try (Statement statement = duck.createStatement()) {
            statement.execute(sql);
        }
    }

    @AfterAll
    static void close() throws SQLException {
        duck.close();
    }

    private static Path export(ExportFormat format) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ExportLimits limits = new ExportLimits(1, 3, 2, 4096, 64 << 10, 1 << 20, 256 << 10, Duration.ofSeconds(60));
        try (Exports exports = new Exports(limits);
                Exports.Ticket ticket = exports.admit().orElseThrow()) {
            ticket.run(table.rows(), format, false, table.about(), (bytes, length) -> all.write(bytes, 0, length));
        }
        return Files.write(folder.resolve("out." + format.extension()), all.toByteArray());
    }

    private static List<String> expected() throws SQLException {
        return DuckRows.of(duck, "SELECT * FROM expected");
    }

    @Test
    void parquetHasTheSameNestedTypesAndValues() throws Exception {
        Path file = export(ExportFormat.PARQUET);

        assertThat(DuckRows.first(duck, "SELECT column_type FROM (DESCRIBE SELECT * FROM '" + file + "')"))
                .isEqualTo(TYPES);
        assertThat(DuckRows.of(duck, "SELECT * FROM '" + file + "'")).isEqualTo(expected());
    }

    @Test
    void ndjsonHasJsonValues() throws Exception {
        Path file = export(ExportFormat.NDJSON);

        assertThat(DuckRows.of(
                        duck,
                        "SELECT * FROM read_json('" + file + "', format = 'newline_delimited', columns = {id: '"
                                + TYPES.get(0) + "', s: '" + TYPES.get(1) + "', words: '" + TYPES.get(2) + "', m: '"
                                + TYPES.get(3) + "'})"))
                .isEqualTo(expected());
    }

    @Test
    void csvHasTextOfJson() throws Exception {
        assertThat(DuckRows.of(
                        duck,
                        csv("id::BIGINT, s::JSON::" + TYPES.get(1) + ", words::JSON::" + TYPES.get(2) + ", m::JSON::"
                                + TYPES.get(3))))
                .isEqualTo(expected());
    }

    private static String csv(String select) throws IOException {
        return "SELECT " + select + " FROM read_csv('" + export(ExportFormat.CSV)
                + "', header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '', new_line = '\\r\\n',"
                + " columns = {id: 'VARCHAR', s: 'VARCHAR', words: 'VARCHAR', m: 'VARCHAR'})";
    }

    @Test
    void excelHasTheTextOfTheCsv() throws Exception {
        byte[] file = Files.readAllBytes(export(ExportFormat.XLSX));

        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(file))) {
            List<String> cells = workbook.getFirstSheet().read().stream()
                    .skip(1)
                    .map(row -> row.getCellText(3).isEmpty() ? "NULL" : row.getCellText(3))
                    .toList();
            assertThat(cells).isEqualTo(DuckRows.first(duck, csv("coalesce(m, 'NULL')")));
        }
    }
}
