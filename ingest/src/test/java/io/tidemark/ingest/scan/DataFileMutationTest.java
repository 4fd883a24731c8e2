package io.tidemark.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.files.Mutations;
import io.tidemark.ingest.files.Mutations.Outcome;
import io.tidemark.ingest.files.Mutations.Verdict;
import io.tidemark.ingest.log.TableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged data files are refused by name, or read as an independent reader reads the same bytes. Where a page has no checksum
 * a flipped bit of a value is another value, and nobody can tell.
 */
class DataFileMutationTest {
    private static final String SCHEMA = """
            message m {
              optional int64 time (TIMESTAMP(MICROS,true));
              optional binary name (STRING);
              required binary url (STRING);
              optional int32 small;
              optional boolean flag;
            }
            """;
    private static final Projection PROJECTION =
            Scanned.projection("time timestamp", "name string", "url string", "small integer", "flag boolean");
    private static final String[] NAMES = {"name", "url", "small", "flag"};

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

    static Stream<Arguments> kinds() {
        return Stream.of(
                        CompressionCodecName.UNCOMPRESSED,
                        CompressionCodecName.SNAPPY,
                        CompressionCodecName.GZIP,
                        CompressionCodecName.ZSTD,
                        CompressionCodecName.LZ4_RAW)
                .flatMap(codec -> Stream.of(
                        Arguments.of(codec, WriterVersion.PARQUET_1_0, codec.ordinal() % 2 == 0),
                        Arguments.of(codec, WriterVersion.PARQUET_2_0, codec.ordinal() % 2 != 0)));
    }

    @ParameterizedTest(name = "{0} {1} checksums: {2}")
    @MethodSource("kinds")
    @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDamagedDataFileIsRefusedOrReadAsOthersReadIt(CompressionCodecName codec, WriterVersion version, boolean crc)
            throws Exception {
        Path file = folder.resolve("mutated-" + codec + version + ".parquet");
        write(file, codec, version, crc);
        byte[] good = Files.readAllBytes(file);
        List<String> original = Scanned.rows(file, PROJECTION);
        assertThat(original).isEqualTo(duck.scan(file, "time", NAMES));
        int footer = good.length - 8 - (int) ChunkReader.INT.get(good, good.length - 8);

        Mutations mutations = new Mutations(
                        "data file " + codec + " " + version + (crc ? " with" : " without") + " CRC")
                .run(Mutations.rounds(40), good, footer, damaged -> trial(file, damaged, original));

        mutations.tell();
        assertThat(mutations.wrong()).as(mutations.toString()).isEmpty();
        assertThat(mutations.count(Outcome.REFUSED)).as(mutations.toString()).isPositive();
    }

    private static void write(Path file, CompressionCodecName codec, WriterVersion version, boolean crc)
            throws IOException {
        GroupFile.write(
                file,
                SCHEMA,
                version,
                b -> b.withCompressionCodec(codec)
                        .withPageWriteChecksumEnabled(crc)
                        .withRowGroupRowCountLimit(150)
                        .withPageRowCountLimit(60)
                        .withDictionaryPageSize(500),
                250,
                (i, row) -> {
                    row.add("url", "u" + (i % 150 < 60 ? i % 7 : i));
                    if (i % 7 != 0) {
                        row.add("time", i * 1_234_567_890L);
                        row.add("name", "n" + i % 5);
                        row.add("small", i * i);
                        row.add("flag", i % 2 == 0);
                    }
                });
    }

    private static Verdict trial(Path file, byte[] damaged, List<String> original) throws IOException {
        Files.write(file, damaged);
        List<String> rows;
        try {
            rows = Scanned.rows(file, PROJECTION);
        } catch (TableException e) {
            assertThat(e)
                    .hasMessageContaining(file.getFileName().toString())
                    .hasMessageNotContaining(folder.toString());
            return Verdict.of(Outcome.REFUSED);
        }
        if (rows.equals(original)) {
            return Verdict.of(Outcome.SAME);
        }
        String others = "";
        try {
            List<String> theirs = duck.scan(file, "time", NAMES);
            if (theirs.equals(rows)) {
                return Verdict.of(Outcome.OTHER_BUT_EQUAL);
            }
            others = "DuckDB: " + difference(rows, theirs);
        } catch (SQLException e) {
            others = "DuckDB: " + e.getMessage().lines().findFirst().orElse("");
        }
        try {
            List<String> theirs = GroupFile.read(file, PROJECTION);
            if (theirs.equals(rows)) {
                return Verdict.of(Outcome.OTHER_BUT_EQUAL);
            }
            others += "; parquet-java: " + difference(rows, theirs);
        } catch (IOException | RuntimeException e) {
            others += "; parquet-java: " + e;
        }
        Path kept = Files.createTempFile("wrong", ".parquet");
        Files.write(kept, damaged);
        return new Verdict(
                Outcome.WRONG, "ours against the original: " + difference(rows, original) + "; " + others + " " + kept);
    }

    private static String difference(List<String> ours, List<String> theirs) {
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            if (!ours.get(i).equals(theirs.get(i))) {
                return "row " + i + " " + ours.get(i) + " is " + theirs.get(i);
            }
        }
        return ours.size() + " rows are " + theirs.size();
    }
}
