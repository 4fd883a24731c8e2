package io.tidemark.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times and texts at the ends of what can be stored: every row is counted, in the hour that exact arithmetic says. */
class ExtremeValuesTest {
    private static final long SEED = Long.getLong("tidemark.seed", System.nanoTime());

    @TempDir
    static Path folder;

    private static long[] times(long perSecond) {
        LongStream named = Stream.of(
                        "0001-01-01T00:00:00Z",
                        "1582-10-04T23:59:59Z",
                        "1582-10-15T00:00:00Z",
                        "1969-12-31T23:59:59Z",
                        "1969-12-31T22:59:59Z",
                        "1970-01-01T00:00:00Z",
                        "2000-02-29T12:00:00Z",
                        "2025-03-30T01:59:59Z",
                        "9999-12-31T23:59:59Z",
                        "-0044-03-15T12:00:00Z")
                .mapToLong(text -> Instant.parse(text).getEpochSecond())
                .filter(second -> Math.abs(second) < Long.MAX_VALUE / perSecond)
                .map(second -> second * perSecond)
                .flatMap(value -> LongStream.of(value - 1, value, value + 1));
        LongStream ends =
                LongStream.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, Long.MAX_VALUE - 1, Long.MAX_VALUE);
        return LongStream.concat(LongStream.concat(named, ends), new Random(SEED).longs(1_000))
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({"MILLIS,1000", "MICROS,1000000", "NANOS,1000000000"})
    void everyTimeIsInTheHourThatExactArithmeticSays(String unit, long perSecond) throws IOException {
        long[] values = times(perSecond);
        for (WriterVersion version : WriterVersion.values()) {
            Path file = folder.resolve(unit + version + ".parquet");
            GroupFile.write(
                    file,
                    "message m { optional int64 time (TIMESTAMP(" + unit + ",true)); }",
                    version,
                    b -> b.withDictionaryEncoding(version == WriterVersion.PARQUET_1_0),
                    values.length + 3,
                    (i, row) -> {
                        if (i < values.length) {
                            row.add("time", values[i]);
                        }
                    });
            List<String> expected = new ArrayList<>();
            BigInteger hour = BigInteger.valueOf(3_600 * perSecond);
            for (long value : values) {
                BigInteger[] parts = BigInteger.valueOf(value).divideAndRemainder(hour);
                expected.add((parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0]).toString());
            }
            expected.addAll(List.of("NULL", "NULL", "NULL"));

            assertThat(Scanned.rows(file, Scanned.projection("time timestamp")))
                    .as("seed %d", SEED)
                    .isEqualTo(expected);
        }
    }

    /** Spark writes INT96 in the proleptic Gregorian calendar unless told otherwise; so it is read. */
    @Test
    void int96IsReadInTheProlepticCalendarHoweverFarBack() throws IOException {
        List<Instant> times = Stream.of(
                        "0001-01-01T00:00:00Z",
                        "1500-02-28T23:59:59.999999999Z",
                        "1582-10-04T12:30:00Z",
                        "1582-10-10T12:30:00Z",
                        "1900-02-28T23:59:59Z",
                        "1969-12-31T23:59:59.999Z",
                        "2000-02-29T00:00:00Z",
                        "9999-12-31T23:00:00Z")
                .map(Instant::parse)
                .toList();
        Path file = folder.resolve("int96.parquet");
        GroupFile.write(
                file,
                "message m { optional int96 time; }",
                WriterVersion.PARQUET_1_0,
                b -> b,
                times.size(),
                (i, row) -> row.add("time", int96(times.get(i))));

        assertThat(Scanned.rows(file, Scanned.projection("time timestamp", "time timestamp")))
                .containsExactlyElementsOf(times.stream()
                        .map(time -> Math.floorDiv(time.getEpochSecond(), 3_600L) + "|" + time)
                        .toList());
    }

    private static Binary int96(Instant time) {
        ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(time.atOffset(ZoneOffset.UTC).toLocalTime().toNanoOfDay());
        bytes.putInt((int) (Math.floorDiv(time.getEpochSecond(), 86_400L) + 2_440_588));
        return Binary.fromConstantByteArray(bytes.array());
    }

    @Test
    void everyTextIsCountedAndComesOutAsValidText() throws IOException {
        List<byte[]> values = new ArrayList<>();
        for (String text : List.of(
                "",
                " ",
                "null",
                "NULL",
                "__HIVE_DEFAULT_PARTITION__",
                "a\0b",
                "\0",
                "\u202Eright to left",
                "zero\u200Bwidth\uFEFF",
                "👩‍👩‍👧",
                "x".repeat(1 << 20))) {
            values.add(text.getBytes(StandardCharsets.UTF_8));
        }
        // A lone surrogate, an overlong NUL, a cut character, bytes that no text has.
        values.add(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
        values.add(new byte[] {(byte) 0xC0, (byte) 0x80});
        values.add(new byte[] {'a', (byte) 0xE2, (byte) 0x82});
        values.add(new byte[] {(byte) 0xFF, (byte) 0xFE});
        for (boolean dictionary : new boolean[] {true, false}) {
            Path file = folder.resolve("texts" + dictionary + ".parquet");
            GroupFile.write(
                    file,
                    "message m { optional binary name (STRING); }",
                    WriterVersion.PARQUET_1_0,
                    b -> b.withDictionaryEncoding(dictionary),
                    values.size() + 1,
                    (i, row) -> {
                        if (i < values.size()) {
                            row.add("name", Binary.fromConstantByteArray(values.get(i)));
                        }
                    });
            List<String> expected = new ArrayList<>();
            values.forEach(value -> expected.add("NULL|" + new String(value, StandardCharsets.UTF_8)));
            expected.add("NULL|NULL");

            List<String> rows = Scanned.rows(file, Scanned.projection(null, "name string"));

            assertThat(rows).isEqualTo(expected);
            assertThat(rows)
                    .allSatisfy(row -> assertThat(
                                    StandardCharsets.UTF_8.newEncoder().canEncode(row))
                            .isTrue());
        }
    }
}
