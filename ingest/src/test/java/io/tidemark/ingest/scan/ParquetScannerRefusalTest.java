package io.tidemark.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a table's column may be in a file, and what is refused with the column's name instead of being guessed. */
class ParquetScannerRefusalTest {
    private static DuckDb duck;

    @TempDir
    static Path folder;

    @BeforeAll
    static void open() throws SQLException {
        duck = new DuckDb();
    }

    @AfterAll
    static void close() throws SQLException {
        duck.close();
    }

    private static Path copy(String name, String select) throws SQLException {
        Path file = folder.resolve(name + ".parquet");
        duck.run("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
        return file;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "1::BIGINT | timestamp | INT64",
                "1::INTEGER | timestamp | INT32",
                "'2020-01-01' | timestamp | BYTE_ARRAY (TEXT)",
                "TIME '10:00:00' | timestamp | INT64 (OTHER)",
                "1.5::DOUBLE | timestamp | DOUBLE",
                "[TIMESTAMP '2020-01-01'] | timestamp | nested",
                "TIMESTAMP '2020-01-01' | string | string, which is not a time",
            })
    void whatIsNotATimeIsNotReadAsOne(String expression, String type, String found) throws SQLException {
        Path file = copy("not-a-time", "SELECT " + expression + " AS happened");

        assertThatThrownBy(() -> Scanned.rows(file, Scanned.projection("happened " + type)))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("not-a-time.parquet")
                .hasMessageContaining("column 'happened'")
                .hasMessageContaining(found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "1::INTEGER | string",
                "'x' | integer",
                "1.5::DECIMAL(5,2) | long",
                "1.5::DOUBLE | float",
                "DATE '2020-01-01' | integer",
                "TRUE | string",
                "{'a': 1} | string",
                "[1, 2] | integer",
                "1.255::DECIMAL(5,3) | decimal(5,2)",
            })
    void aValueOfAnotherTypeThanTheTablesIsRefused(String expression, String type) throws SQLException {
        Path file = copy("other-type", "SELECT " + expression + " AS country");

        assertThatThrownBy(() -> Scanned.rows(file, Scanned.projection(null, "country " + type)))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("other-type.parquet")
                .hasMessageContaining("column 'country'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "-5::INTEGER | long | -5",
                "7::INTEGER | double | 7.0",
                "1.5::FLOAT | double | 1.5",
                "12::INTEGER | decimal(12,2) | 12.00",
                "1.5::DECIMAL(5,1) | decimal(8,3) | 1.500",
                "DATE '2020-02-29' | timestamp_ntz | 2020-02-29T00:00:00",
                "'-9223372036854775808'::BIGINT | long | -9223372036854775808",
                "TIMESTAMP '1969-12-31 23:59:59.999999' | timestamp | 1969-12-31T23:59:59.999999Z",
            })
    void aFileFromBeforeATypeWasWidenedIsReadInTheWiderType(String expression, String type, String text)
            throws SQLException {
        Path file = copy("widened", "SELECT " + expression + " AS v");

        assertThat(Scanned.rows(file, Scanned.projection(null, "v " + type))).containsExactly("NULL|" + text);
    }

    @Test
    void anUnsupportedCodecIsNamed() throws SQLException {
        Path file = folder.resolve("brotli.parquet");
        duck.run("COPY (SELECT 'x' AS name) TO '" + file + "' (FORMAT parquet, CODEC 'brotli')");

        assertThatThrownBy(() -> Scanned.rows(file, Scanned.projection(null, "name string")))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("BROTLI");
    }

    @Test
    void whatIsNotParquetIsRefused() throws IOException {
        Path file = folder.resolve("text.parquet");
        Files.writeString(file, "this is no Parquet file, but long enough for one");

        assertThatThrownBy(() -> Scanned.rows(file, Scanned.projection(null)))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("text.parquet")
                .hasMessageContaining("not Parquet");
    }

    @Test
    void columnsAreFoundByFieldIdWhereTheTableSaysSo() throws IOException {
        Path file = folder.resolve("ids.parquet");
        String schema = "message m { optional group deep = 1 { optional int32 x = 2; } optional int32 old_name = 7; }";
        GroupFile.write(file, schema, WriterVersion.PARQUET_1_0, b -> b, 2, (i, row) -> row.add("old_name", i));
        Column column = new Column("new", "other_name", OptionalInt.of(7), ColumnType.INTEGER, "integer");

        assertThat(Scanned.rows(file, new Projection(Optional.empty(), List.of(Optional.of(column)), Set.of(), true)))
                .containsExactly("NULL|0", "NULL|1");
        assertThat(Scanned.rows(file, new Projection(Optional.empty(), List.of(Optional.of(column)), Set.of(), false)))
                .containsExactly("NULL|NULL", "NULL|NULL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "string | a=b/c | a=b/c",
                "string | null | null",
                "string | '' | NULL",
                "string | - | NULL",
                "integer | 007 | 7",
                "long | -9223372036854775808 | -9223372036854775808",
                "decimal(8,3) | 1.5 | 1.500",
                "boolean | TRUE | true",
                "date | 2020-02-29 | 2020-02-29",
                "double | 1 | 1.0",
                "timestamp | 2020-01-01 08:09:10 | 2020-01-01T08:09:10Z",
                "timestamp | 1969-12-31 23:59:59.999999 | 1969-12-31T23:59:59.999999Z",
                "timestamp | 2020-01-01T08:09:10.5Z | 2020-01-01T08:09:10.500Z",
                "timestamp_ntz | 2020-01-01 08:09:10.001 | 2020-01-01T08:09:10.001",
            })
    void partitionValuesHaveTheTextThatAFilesValuesWouldHave(String type, String stored, String text)
            throws SQLException {
        assertThat(partition(type, stored)).containsExactly("NULL|" + text);
    }

    @ParameterizedTest
    @CsvSource({"integer,x", "date,2020-13-01", "timestamp,yesterday", "boolean,1", "decimal(4,2),1e999999999"})
    void aPartitionValueThatIsNotOfItsTypeIsRefused(String type, String stored) {
        assertThatThrownBy(() -> partition(type, stored))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("column 'part'")
                .hasMessageContaining(stored);
    }

    private static List<String> partition(String type, String stored) throws SQLException {
        Path file = copy("partition", "SELECT 1 AS x");
        Map<String, String> values = new HashMap<>();
        values.put("part", stored);
        DataFile data = new DataFile(
                "partition.parquet", Optional.empty(), values, file.toFile().length(), Optional.empty());
        Projection projection = new Projection(
                Optional.empty(), List.of(Optional.of(Scanned.column("part " + type))), Set.of("part"), false);
        return Scanned.rows(new ParquetScanner(new FolderFiles(folder), ScanLimits.standard()), data, projection);
    }

    @Test
    void valuesThatAreNearlyAllNewAreNotLookedForTwice() throws SQLException {
        Path file = folder.resolve("sessions.parquet");
        duck.run("COPY (SELECT 'session-' || (hash(i) % 900000) AS name FROM range(200000) r(i)) TO '" + file
                + "' (FORMAT parquet, DICTIONARY_SIZE_LIMIT 1, ROW_GROUP_SIZE 200000)");

        assertThat(Scanned.rows(file, Scanned.projection(null, "name string")))
                .isEqualTo(duck.scan(file, null, "name"));
    }
}
