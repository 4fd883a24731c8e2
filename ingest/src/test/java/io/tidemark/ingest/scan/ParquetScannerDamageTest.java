package io.tidemark.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.MissingDataFileException;
import io.tidemark.ingest.log.TableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are not what they say: a {@link TableException} that names them, and never anything worse. */
class ParquetScannerDamageTest {
    /** Repeat a run with {@code -Dtidemark.seed=…}. */
    private static final long SEED = Long.getLong("tidemark.seed", System.nanoTime());

    private static final int FLIPS = 250;

    private static final Projection PROJECTION = Scanned.projection(
            "time timestamp",
            "name string",
            "unique_name string",
            "small integer",
            "flag boolean",
            "huge decimal(20,2)");

    @TempDir
    static Path folder;

    @BeforeAll
    static void printSeed() {
        System.out.println("ParquetScannerDamageTest: -Dtidemark.seed=" + SEED);
    }

    private static byte[] good(CompressionCodecName codec, WriterVersion version, boolean crc) throws IOException {
        Path file = folder.resolve("good.parquet");
        String schema = """
                message m {
                  optional int64 time (TIMESTAMP(MICROS,true));
                  optional binary name (STRING);
                  required binary unique_name (STRING);
                  optional int32 small;
                  optional boolean flag;
                  optional binary huge (DECIMAL(20,2));
                }
                """;
        GroupFile.write(
                file,
                schema,
                version,
                b -> b.withCompressionCodec(codec)
                        .withPageWriteChecksumEnabled(crc)
                        .withRowGroupRowCountLimit(300)
                        .withPageRowCountLimit(100)
                        .withDictionaryPageSize(600),
                500,
                (i, row) -> {
                    row.add("unique_name", "u" + (i % 300 < 100 ? i % 7 : i));
                    if (i % 7 != 0) {
                        row.add("time", i * 1_234_567_890L);
                        row.add("name", "n" + i % 5);
                        row.add("small", i * i);
                        row.add("flag", i % 2 == 0);
                        row.add("huge", "ab" + i);
                    }
                });
        return Files.readAllBytes(file);
    }

    @ParameterizedTest
    @EnumSource(
            value = CompressionCodecName.class,
            names = {"UNCOMPRESSED", "SNAPPY", "ZSTD", "LZ4_RAW", "GZIP"})
    void flippedBytesGiveAResultOrATableExceptionButNothingElse(CompressionCodecName codec) throws IOException {
        Random random = new Random(SEED + codec.ordinal());
        Path file = folder.resolve("flipped-" + codec + ".parquet");
        int refused = 0;
        for (WriterVersion version : WriterVersion.values()) {
            byte[] good = good(codec, version, random.nextBoolean());
            for (int round = 0; round < FLIPS; round++) {
                byte[] bad = good.clone();
                flip(bad, random, round);
                Files.write(file, bad);
                refused += refuses(file) ? 1 : 0;
            }
        }
        assertThat(refused).as("of %s, seed %s", 2 * FLIPS, SEED).isGreaterThan(0);
    }

    /** Every other round hits the footer, where each byte means much. */
    private static void flip(byte[] bytes, Random random, int round) {
        int from = round % 2 == 0 ? 0 : Math.max(0, bytes.length - 1_500);
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[from + random.nextInt(bytes.length - from)] = (byte) random.nextInt(256);
        }
    }

    private static boolean refuses(Path file) {
        // Not a measurement: a hang is what this is to find.
        return assertTimeout(Duration.ofSeconds(20), () -> {
            try {
                Scanned.rows(file, PROJECTION);
                return false;
            } catch (TableException e) {
                assertThat(e).hasMessageContaining(file.getFileName().toString());
                return true;
            }
        });
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] good = good(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0, true);
        Path file = folder.resolve("cut.parquet");
        for (int length = 0; length < good.length; length += 97) {
            Files.write(file, java.util.Arrays.copyOf(good, length));

            assertThatThrownBy(() -> Scanned.rows(file, PROJECTION))
                    .isInstanceOf(TableException.class)
                    .hasMessageContaining("cut.parquet");
        }
    }

    @Test
    void aChecksumThatDoesNotMatchIsRefused() throws IOException {
        byte[] bytes = good(CompressionCodecName.UNCOMPRESSED, WriterVersion.PARQUET_1_0, true);
        bytes[200] ^= 1;
        Path file = folder.resolve("checksum.parquet");
        Files.write(file, bytes);

        assertThatThrownBy(() -> Scanned.rows(file, PROJECTION))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("column 'time'")
                .hasMessageContaining("checksum");
    }

    @Test
    void aFileThatIsNotThereIsMissingAndNotDamaged() {
        DataFile file = new DataFile("gone.parquet", Optional.empty(), Map.of(), 1_000, Optional.empty());
        ParquetScanner scanner = new ParquetScanner(new FolderFiles(folder), ScanLimits.standard());

        assertThatThrownBy(() -> scanner.scan(file, PROJECTION, batch -> {}))
                .isInstanceOf(MissingDataFileException.class)
                .hasMessageContaining("gone.parquet");
    }

    @Test
    void aWrongSizeInTheLogIsMended() throws IOException {
        Path file = folder.resolve("size.parquet");
        Files.write(file, good(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0, true));
        ParquetScanner scanner = new ParquetScanner(new FolderFiles(folder), ScanLimits.standard());
        long size = Files.size(file);

        for (long wrong : new long[] {0, 1, 11, size - 1, size + 1, 10 * size, Long.MAX_VALUE}) {
            DataFile hinted = new DataFile("size.parquet", Optional.empty(), Map.of(), wrong, Optional.empty());
            assertThat(scanner.scan(hinted, PROJECTION, batch -> {}).rows()).isEqualTo(500);
        }
    }

    @Test
    void aSmallFileIsReadInOneRequest() throws IOException {
        Path file = folder.resolve("one-read.parquet");
        Files.write(file, good(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0, true));
        FolderFiles files = new FolderFiles(folder);

        ScanResult result =
                new ParquetScanner(files, ScanLimits.standard()).scan(Scanned.file(file), PROJECTION, batch -> {});

        assertThat(files.reads).isEqualTo(1);
        assertThat(result.bytesRead()).isEqualTo(Files.size(file));
    }

    @Test
    void aPageThatInflatesBeyondTheLimitIsRefusedBeforeItIsInflated() throws SQLException {
        Path file = folder.resolve("bomb.parquet");
        try (DuckDb duck = new DuckDb()) {
            duck.run("COPY (SELECT repeat('x', 100000) || i AS name FROM range(300) r(i)) TO '" + file
                    + "' (FORMAT parquet, CODEC 'zstd', DICTIONARY_SIZE_LIMIT 1)");
        }
        ScanLimits limits = new ScanLimits(1 << 20, 1 << 20, 1 << 20, 1 << 20, 1 << 20, 1 << 24, 1 << 20, 1);

        assertThatThrownBy(() -> Scanned.rows(file, Scanned.projection(null, "name string"), limits))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("column 'name'")
                .hasMessageContaining("at most 1048576 are read");
    }

    @Test
    void buffersOfOneScanStayWithinTheirBudget() throws SQLException {
        Path file = folder.resolve("budget.parquet");
        try (DuckDb duck = new DuckDb()) {
            duck.run("COPY (SELECT repeat('x', 1000) || i AS name FROM range(9000) r(i)) TO '" + file
                    + "' (FORMAT parquet, DICTIONARY_SIZE_LIMIT 1)");
        }
        ScanLimits limits = new ScanLimits(1 << 20, 1 << 20, 1 << 20, 1 << 26, 1 << 20, 1 << 21, 1 << 20, 1);

        assertThatThrownBy(() -> Scanned.rows(file, Scanned.projection(null, "name string"), limits))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("budget.parquet")
                .hasMessageContaining("2 MB of memory");
    }

    @Test
    void anExceptionOfTheConsumerIsPassedOnAsItIs() throws IOException {
        Path file = folder.resolve("consumer.parquet");
        Files.write(file, good(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0, true));
        ParquetScanner scanner = new ParquetScanner(new FolderFiles(folder), ScanLimits.standard());
        RuntimeException own = new IllegalStateException("enough");

        assertThatThrownBy(() -> scanner.scan(Scanned.file(file), PROJECTION, batch -> {
                    throw own;
                }))
                .isSameAs(own);
        assertThat(scanner.scan(Scanned.file(file), PROJECTION, batch -> {}).rows())
                .isEqualTo(500);
    }
}
