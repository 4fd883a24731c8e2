package io.tidemark.web.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written, DuckDB reads back as the rows that it wrote itself: types, nulls, quotes, Unicode. */
class RowWritersDuckDbTest {
    private static final List<Column> COLUMNS = List.of(
            column("id", ColumnType.LONG),
            column("text", ColumnType.STRING),
            column("flag", ColumnType.BOOLEAN),
            column("amount", ColumnType.DECIMAL),
            column("ratio", ColumnType.DOUBLE),
            column("day", ColumnType.DATE),
            column("time", ColumnType.TIMESTAMP_NTZ),
            column("data", ColumnType.BINARY));
    private static final String TYPES = "{id: 'BIGINT', text: 'VARCHAR', flag: 'BOOLEAN', amount: 'DECIMAL(12,3)', "
            + "ratio: 'DOUBLE', day: 'DATE', time: 'TIMESTAMP', data: 'VARCHAR'}";

    private static Connection connection;
    private static Statement duck;

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeTable() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        duck = connection.createStatement();
        duck.execute("SET TimeZone='UTC'");
        duck.execute("""
                CREATE TABLE t AS SELECT
                  CASE WHEN i % 2 = 0 THEN i * 1000000000000 ELSE -i END AS id,
                  CASE WHEN i % 9 = 5 THEN NULL ELSE
                    ['', 'plain', 'a,b', 'say "so"', 'two' || chr(13) || chr(10) || 'lines', ' padded ', 'null',
                     'Ünïcödé ☂ 😀', '=1+1', chr(9) || 'tab', 'back\\slash', chr(1) || chr(31), 'a long text that takes more '
                     || 'than the sixty-four bytes which are copied in steps of eight, with "quotes" after it'
                    ][1 + i % 13] || CASE WHEN i % 3 = 0 THEN '' ELSE ' ' || i END END AS text,
                  CASE WHEN i % 5 = 0 THEN NULL ELSE i % 3 = 0 END AS flag,
                  CASE WHEN i % 7 = 0 THEN NULL ELSE CAST(i - 5000 AS DECIMAL(12, 3)) / 8 END::DECIMAL(12, 3) AS amount,
                  CASE WHEN i % 8 = 0 THEN NULL WHEN i % 8 = 1 THEN 1e300 / (i + 1) ELSE (i - 900) / 7.0 END::DOUBLE AS ratio,
                  CASE WHEN i % 6 = 0 THEN NULL ELSE DATE '1960-02-28' + CAST(i * 17 AS INTEGER) END AS day,
                  CASE WHEN i % 10 = 0 THEN NULL
                       ELSE make_timestamp(i * 3333333333333 - 999999999999999 + i % 1000) END AS time,
                  CASE WHEN i % 4 = 0 THEN NULL ELSE encode('bytes ' || i) END AS data
                FROM range(10000) r(i)
                """);
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    private static Column column(String name, ColumnType type) {
        return new Column(name, name, OptionalInt.empty(), type, type == ColumnType.DECIMAL ? "decimal(12,3)" : "");
    }

    private static List<String> rows(String sql) throws SQLException {
        return DuckRows.of(connection, sql);
    }

    private static List<String> expected() throws SQLException {
        return rows("SELECT * REPLACE (base64(data) AS data) FROM t");
    }

    /** With dictionaries wherever they pay, or with none. */
    private static Path parquet(boolean dictionaries) throws SQLException {
        Path file = folder.resolve("t-" + dictionaries + ".parquet");
        duck.execute("COPY t TO '" + file + "' (FORMAT parquet, ROW_GROUP_SIZE 4096, DICTIONARY_SIZE_LIMIT "
                + (dictionaries ? 100_000 : 1) + ")");
        return file;
    }

    @Test
    void csvComesBackFromDuckDbCellByCell() throws SQLException, IOException {
        for (boolean dictionaries : new boolean[] {true, false}) {
            byte[] csv = ExportedFile.bytes(parquet(dictionaries), COLUMNS, new CsvWriter(COLUMNS, false), 1 << 16);
            Path file = Files.write(folder.resolve("t.csv"), csv);

            assertThat(rows("SELECT * FROM read_csv('" + file + "', header = true, delim = ',', quote = '\"', "
                            + "escape = '\"', nullstr = '', allow_quoted_nulls = false, new_line = '\\r\\n', columns = "
                            + TYPES + ")"))
                    .isEqualTo(expected());
        }
    }

    @Test
    void ndjsonComesBackFromDuckDbCellByCell() throws SQLException, IOException {
        for (boolean dictionaries : new boolean[] {true, false}) {
            byte[] json = ExportedFile.bytes(parquet(dictionaries), COLUMNS, new NdjsonWriter(COLUMNS), 1 << 16);
            Path file = Files.write(folder.resolve("t.ndjson"), json);

            assertThat(rows("SELECT * FROM read_json('" + file + "', format = 'newline_delimited', columns = " + TYPES
                            + ")"))
                    .isEqualTo(expected());
        }
    }

    @Test
    void howMuchIsSentAtOnceDoesNotChangeAByte() throws SQLException, IOException {
        Path file = parquet(true);
        byte[] csv = ExportedFile.bytes(file, COLUMNS, new CsvWriter(COLUMNS, true), Integer.MAX_VALUE);

        assertThat(ExportedFile.bytes(file, COLUMNS, new CsvWriter(COLUMNS, true), 1))
                .isEqualTo(csv);
        assertThat(ExportedFile.bytes(file, COLUMNS, new CsvWriter(COLUMNS, true), 1_000))
                .isEqualTo(csv);
        assertThat(new String(csv, StandardCharsets.UTF_8))
                .startsWith("id,text,flag,amount,ratio,day,time,data\r\n0,\"\",,");
    }
}
