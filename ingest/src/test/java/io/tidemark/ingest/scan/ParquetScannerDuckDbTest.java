package io.tidemark.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that DuckDB wrote, and what DuckDB reads of them: every cell must be the same, in the same order. */
class ParquetScannerDuckDbTest {
    private static final String[] TYPES = {
        "name string",
        "unique_name string",
        "maybe string",
        "small integer",
        "big long",
        "flag boolean",
        "day date",
        "price decimal(10,2)",
        "huge decimal(30,5)",
        "ratio double",
        "ratio32 float"
    };
    private static final String[] NAMES =
            Stream.of(TYPES).map(t -> t.substring(0, t.indexOf(' '))).toArray(String[]::new);

    private static DuckDb duck;

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeTable() throws SQLException {
        duck = new DuckDb();
        duck.run("""
                CREATE TABLE t AS SELECT
                  CASE WHEN i % 11 = 3 THEN NULL
                       ELSE TIMESTAMP '1969-12-31 20:00:00.5' + INTERVAL (i * 7) SECOND END AS time,
                  ['web', 'app', '', 'Ünïcödé ☂', 'null', 'a' || chr(0) || 'b'][1 + i % 6] AS name,
                  'user-' || hash(i) AS unique_name,
                  CASE WHEN i % 3 = 0 OR i BETWEEN 5000 AND 12000 THEN NULL ELSE 'v' || (i % 700) END AS maybe,
                  CAST(i % 40 - 20 AS INTEGER) AS small,
                  CASE WHEN i % 2 = 0 THEN i * 1000000007 ELSE -i END AS big,
                  CASE WHEN i % 5 = 0 THEN NULL ELSE i % 3 = 0 END AS flag,
                  DATE '1960-01-01' + CAST(i AS INTEGER) AS day,
                  CAST(i / 100.0 - 50 AS DECIMAL(10, 2)) AS price,
                  CAST(-i AS DECIMAL(30, 5)) * 1234567890123 AS huge,
                  CAST(i % 17 AS DOUBLE) / 4 AS ratio,
                  CAST(i % 19 AS FLOAT) / 2 AS ratio32
                FROM range(30000) r(i)
                """);
    }

    @AfterAll
    static void close() throws SQLException {
        duck.close();
    }

    static Stream<Arguments> codecsAndVersions() {
        return Stream.of("uncompressed", "snappy", "gzip", "zstd", "lz4_raw")
                .flatMap(codec -> Stream.of("V1", "V2").map(version -> Arguments.of(codec, version)));
    }

    @ParameterizedTest
    @MethodSource("codecsAndVersions")
    void everyCodecAndVersionGivesWhatDuckDbReads(String codec, String version) throws SQLException {
        Path file = folder.resolve(codec + version + ".parquet");
        duck.run("COPY t TO '" + file + "' (FORMAT parquet, CODEC '" + codec + "', PARQUET_VERSION " + version
                + ", ROW_GROUP_SIZE 14336)");

        assertThat(Scanned.rows(file, Scanned.projection("time timestamp", TYPES)))
                .isEqualTo(duck.scan(file, "time", NAMES));
    }

    @Test
    void aLargeFileReadInWindowsIsTheSameAsOneReadWhole() throws SQLException {
        Path file = folder.resolve("windows.parquet");
        duck.run("COPY t TO '" + file + "' (FORMAT parquet, CODEC 'snappy', ROW_GROUP_SIZE 14336)");
        Projection all = Scanned.projection("time timestamp", TYPES);
        List<String> expected = duck.scan(file, "time", NAMES);

        assertThat(Scanned.rows(file, all, limits(0, 1 << 12))).isEqualTo(expected);
        assertThat(Scanned.rows(file, all, limits(0, 1 << 20))).isEqualTo(expected);
        assertThat(Scanned.rows(file, all, limits(1 << 24, 1))).isEqualTo(expected);
    }

    private static ScanLimits limits(int whole, int window) {
        return new ScanLimits(whole, window, 1 << 20, 1 << 26, 1 << 16, 1 << 28, 1 << 20, 1);
    }

    @ParameterizedTest
    @CsvSource({"TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMPTZ", "DATE"})
    void everyTimeUnitGivesTheSameHours(String type) throws SQLException {
        Path file = folder.resolve(type + ".parquet");
        for (String version : List.of("V1", "V2")) {
            duck.run("COPY (SELECT time::" + type + " AS time FROM t) TO '" + file
                    + "' (FORMAT parquet, PARQUET_VERSION " + version + ")");

            assertThat(Scanned.rows(file, Scanned.projection("time timestamp"))).isEqualTo(duck.scan(file, "time"));
        }
    }

    @Test
    void hoursBeforeTheEpochAndFarFromItAreFloored() throws SQLException {
        Path file = folder.resolve("extremes.parquet");
        duck.run("""
                COPY (SELECT * FROM (VALUES
                  (TIMESTAMP '1970-01-01 00:00:00'), (TIMESTAMP '1969-12-31 23:59:59.999999'),
                  (TIMESTAMP '1969-12-31 23:00:00'), (TIMESTAMP '1969-12-31 22:59:59.999999'),
                  (TIMESTAMP '0001-01-01 00:00:00'), (TIMESTAMP '9999-12-31 23:59:59.999999'),
                  (make_timestamp(-9223372022400000000)), (make_timestamp(9223372036854775806)), (NULL),
                  (TIMESTAMP '2024-02-29 12:00:00'), (TIMESTAMP '1582-10-04 01:00:00')) v(time)) TO '""" + file + "' (FORMAT parquet)");

        assertThat(Scanned.rows(file, Scanned.projection("time timestamp"))).isEqualTo(duck.scan(file, "time"));
    }

    @Test
    void filesWithoutRowsGiveNone() throws SQLException {
        Path file = folder.resolve("empty.parquet");
        duck.run("COPY (SELECT * FROM t WHERE false) TO '" + file + "' (FORMAT parquet)");

        assertThat(Scanned.rows(file, Scanned.projection("time timestamp", TYPES)))
                .isEmpty();
    }

    @Test
    void aRowGroupWithinOneHourDoesNotHaveItsTimesRead() throws SQLException {
        Path file = folder.resolve("one-hour.parquet");
        duck.run("COPY (SELECT TIMESTAMP '2025-05-05 10:00:00' + INTERVAL (i) SECOND AS time, 'x' AS name "
                + "FROM range(3600) r(i)) TO '" + file + "' (FORMAT parquet)");
        List<Boolean> constant = new ArrayList<>();
        ParquetScanner scanner = new ParquetScanner(new FolderFiles(folder), ScanLimits.standard());

        scanner.scan(Scanned.file(file), Scanned.projection("time timestamp", "name string"), batch -> {
            constant.add(batch.hours().isConstant());
            constant.add(batch.values(0).isConstant());
        });

        assertThat(constant).containsOnly(true);
        assertThat(Scanned.rows(file, Scanned.projection("time timestamp", "name string")))
                .isEqualTo(duck.scan(file, "time", "name"));
    }

    @Test
    void columnsThatTheFileDoesNotHaveAreNull() throws SQLException {
        Path file = folder.resolve("missing.parquet");
        duck.run("COPY (SELECT name FROM t LIMIT 10000) TO '" + file + "' (FORMAT parquet)");

        assertThat(Scanned.rows(file, Scanned.projection("time timestamp", "name string", "other string")))
                .isEqualTo(duck.scan(file, null, "name", "NULL"));
    }

    @Test
    void aDictionaryOfManyValuesComesWhole() throws SQLException {
        Path file = folder.resolve("wide.parquet");
        duck.run("COPY (SELECT 'value-' || (hash(i) % 60000) AS name FROM range(200000) r(i)) TO '" + file
                + "' (FORMAT parquet, DICTIONARY_SIZE_LIMIT 100000)");

        assertThat(Scanned.rows(file, Scanned.projection(null, "name string")))
                .isEqualTo(duck.scan(file, null, "name"));
    }
}
