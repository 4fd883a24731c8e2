package io.tidemark.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that parquet-java wrote in every encoding that it has. DuckDB cannot read all of them: it says what should come out
 * by reading the same rows in plain encoding.
 */
class ParquetScannerEncodingTest {
    private static final int ROWS = 5_000;

    /** OPTIONAL and REQUIRED stand for {@code %s}. */
    private static final String SCHEMA = """
            message rows {
              %1$s int64 time (TIMESTAMP(MICROS,true));
              %1$s int64 millis (TIMESTAMP(MILLIS,true));
              %1$s int64 nanos (TIMESTAMP(NANOS,false));
              %1$s int96 legacy;
              %1$s int32 day (DATE);
              %1$s binary name (STRING);
              %1$s binary unique_name (STRING);
              %1$s int32 small;
              %1$s int64 big;
              %1$s boolean flag;
              %1$s int32 price (DECIMAL(9,2));
              %1$s fixed_len_byte_array(12) huge (DECIMAL(28,4));
              %1$s double ratio;
              %1$s float ratio32;
            }
            """;

    private static final String[] TYPES = {
        "name string",
        "unique_name string",
        "small integer",
        "big long",
        "flag boolean",
        "day date",
        "price decimal(9,2)",
        "huge decimal(28,4)",
        "ratio double",
        "ratio32 float"
    };
    private static final String[] NAMES =
            Stream.of(TYPES).map(t -> t.substring(0, t.indexOf(' '))).toArray(String[]::new);
    private static final String[] TIMES = {
        "time timestamp", "millis timestamp", "nanos timestamp_ntz", "legacy timestamp"
    };

    private static final Map<String, List<String>> EXPECTED = new HashMap<>();
    private static DuckDb duck;

    @TempDir
    static Path folder;

    @BeforeAll
    static void open() throws SQLException, IOException {
        duck = new DuckDb();
        for (boolean optional : new boolean[] {true, false}) {
            GroupFile.write(
                    plain(optional),
                    SCHEMA.formatted(optional ? "optional" : "required"),
                    WriterVersion.PARQUET_1_0,
                    b -> b.withDictionaryEncoding(false),
                    ROWS,
                    (i, row) -> fill(i, row, optional));
        }
    }

    @AfterAll
    static void close() throws SQLException {
        duck.close();
    }

    static Stream<Arguments> ways() {
        UnaryOperator<ExampleParquetWriter.Builder> dictionary = b -> b.withDictionaryEncoding(true);
        UnaryOperator<ExampleParquetWriter.Builder> none = b -> b.withDictionaryEncoding(false);
        // A dictionary of 2 kB is soon full: the rest of the chunk is plain in version 1, delta in version 2.
        UnaryOperator<ExampleParquetWriter.Builder> fallback = b ->
                b.withDictionaryEncoding(true).withDictionaryPageSize(2_000).withPageSize(1_000);
        UnaryOperator<ExampleParquetWriter.Builder> split =
                b -> b.withDictionaryEncoding(false).withByteStreamSplitEncoding(true);
        UnaryOperator<ExampleParquetWriter.Builder> splitAll = b -> {
            b.withDictionaryEncoding(false);
            Stream.of("time", "millis", "nanos", "day", "small", "big", "price", "huge", "ratio")
                    .forEach(column -> b.withByteStreamSplitEncoding(column, true));
            return b;
        };
        return Stream.of(WriterVersion.values())
                .flatMap(version -> Stream.of("optional", "required")
                        .flatMap(repetition -> Stream.of(
                                Arguments.of(version, repetition, "dictionary", dictionary),
                                Arguments.of(version, repetition, "no dictionary", none),
                                Arguments.of(version, repetition, "fallback", fallback),
                                Arguments.of(version, repetition, "byte stream split", split),
                                Arguments.of(version, repetition, "byte stream split of all", splitAll))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("ways")
    void everyEncodingGivesTheSameRows(
            WriterVersion version, String repetition, String name, UnaryOperator<ExampleParquetWriter.Builder> options)
            throws IOException, SQLException {
        Path file = folder.resolve(version + repetition + name.replace(' ', '-') + ".parquet");
        boolean optional = repetition.equals("optional");
        GroupFile.write(
                file,
                SCHEMA.formatted(repetition),
                version,
                b -> options.apply(b.withRowGroupRowCountLimit(2_000).withPageRowCountLimit(350)),
                ROWS,
                (i, row) -> fill(i, row, optional));

        for (String time : TIMES) {
            assertThat(Scanned.rows(file, Scanned.projection(time)))
                    .as(time)
                    .isEqualTo(expected(optional, time.substring(0, time.indexOf(' '))));
        }
        assertThat(Scanned.rows(file, Scanned.projection("day date", TYPES)))
                .isEqualTo(expected(optional, "day", NAMES));
    }

    private static List<String> expected(boolean optional, String time, String... columns) throws SQLException {
        String key = optional + time + columns.length;
        List<String> rows = EXPECTED.get(key);
        if (rows == null) {
            rows = duck.scan(plain(optional), time, columns);
            EXPECTED.put(key, rows);
        }
        return rows;
    }

    private static Path plain(boolean optional) {
        return folder.resolve("plain" + optional + ".parquet");
    }

    private static void fill(int i, Group row, boolean optional) {
        // Few values at first, so that a dictionary pays, then too many for it.
        int v = i % 2_000 < 700 ? i % 20 : i;
        long micros = (v - 2_000) * 777_777_777L;
        put(row, optional, i, 5, () -> row.add("time", micros));
        put(row, optional, i, 7, () -> row.add("millis", micros / 1_000));
        put(row, optional, i, 2, () -> row.add("nanos", micros * 1_000));
        put(row, optional, i, 3, () -> row.add("legacy", int96(micros)));
        put(row, optional, i, 6, () -> row.add("day", i * 5 - 20_000));
        put(row, optional, i, 4, () -> row.add("name", i % 100 == 9 ? "" : "name " + i % 13));
        put(row, optional, i, 9, () -> row.add("unique_name", "https://example.org/" + (v * 31 % 5_000) + "/" + v));
        put(row, optional, i, 8, () -> row.add("small", i % 1_000 - 500));
        put(row, optional, i, 11, () -> row.add("big", v % 2 == 0 ? Long.MAX_VALUE - v : Long.MIN_VALUE + v));
        put(row, optional, i, 12, () -> row.add("flag", i % 3 == 0));
        put(row, optional, i, 13, () -> row.add("price", v * 7 - 9_999));
        put(row, optional, i, 14, () -> row.add("huge", decimal((v - 2_500) * 987_654_321_987L)));
        put(row, optional, i, 15, () -> row.add("ratio", v / 8.0));
        put(row, optional, i, 16, () -> row.add("ratio32", i / 4.0f));
    }

    /** Every n-th value is null, and so are all in one stretch that is longer than a page. */
    private static void put(Group row, boolean optional, int i, int nth, Runnable add) {
        boolean isNull = optional && (i % nth == 0 || (i > 500 * (nth % 8) && i < 500 * (nth % 8) + 450));
        if (!isNull) {
            add.run();
        }
    }

    private static Binary int96(long micros) {
        long perDay = 86_400_000_000L;
        ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(Math.floorMod(micros, perDay) * 1_000);
        bytes.putInt((int) Math.floorDiv(micros, perDay) + 2_440_588);
        return Binary.fromConstantByteArray(bytes.array());
    }

    private static Binary decimal(long unscaled) {
        ByteBuffer bytes = ByteBuffer.allocate(12);
        bytes.putInt(unscaled < 0 ? -1 : 0).putLong(unscaled);
        return Binary.fromConstantByteArray(bytes.array());
    }

    @Test
    void theWriterReallyFellBackWithinAChunk() throws IOException, SQLException {
        for (WriterVersion version : WriterVersion.values()) {
            Path file = folder.resolve("encodings.parquet");
            GroupFile.write(
                    file,
                    SCHEMA.formatted("required"),
                    version,
                    b -> b.withDictionaryPageSize(2_000).withPageSize(1_000).withPageRowCountLimit(350),
                    ROWS,
                    (i, row) -> fill(i, row, false));

            for (String column : List.of("time", "unique_name", "big")) {
                assertThat(duck.rows("SELECT encodings FROM parquet_metadata('" + file + "') WHERE path_in_schema = '"
                                + column + "'"))
                        .as(version + " " + column)
                        .allMatch(e -> e.contains("_DICTIONARY")
                                && (version == WriterVersion.PARQUET_1_0 || e.contains("DELTA_")));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void parquetJavasOwnCodecsAreRead(CompressionCodecName codec) throws IOException, SQLException {
        Path file = folder.resolve(codec + ".parquet");
        for (WriterVersion version : WriterVersion.values()) {
            GroupFile.write(
                    file,
                    SCHEMA.formatted("optional"),
                    version,
                    b -> b.withCompressionCodec(codec).withPageRowCountLimit(2_000),
                    ROWS,
                    (i, row) -> fill(i, row, true));

            assertThat(Scanned.rows(file, Scanned.projection("legacy timestamp", TYPES)))
                    .isEqualTo(expected(true, "legacy", NAMES));
        }
    }

    static Stream<CompressionCodecName> codecs() {
        return Stream.of(
                CompressionCodecName.UNCOMPRESSED,
                CompressionCodecName.SNAPPY,
                CompressionCodecName.ZSTD,
                CompressionCodecName.LZ4_RAW,
                CompressionCodecName.GZIP);
    }

    @Test
    void manyRowGroupsAndTinyPagesKeepTheOrder() throws IOException, SQLException {
        Path file = folder.resolve("tiny-pages.parquet");
        GroupFile.write(
                file,
                SCHEMA.formatted("optional"),
                WriterVersion.PARQUET_1_0,
                b -> b.withRowGroupRowCountLimit(100).withPageRowCountLimit(1),
                1_050,
                (i, row) -> fill(i, row, true));

        assertThat(Scanned.rows(file, Scanned.projection("time timestamp", TYPES)))
                .isEqualTo(duck.scan(file, "time", NAMES));
    }
}
