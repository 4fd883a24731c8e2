package io.tidemark.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.files.Mutations;
import io.tidemark.ingest.files.Mutations.Outcome;
import io.tidemark.ingest.files.Mutations.Verdict;
import io.tidemark.ingest.log.TableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A damaged file is refused by name, or its rows are those that the counting scan reads of the same bytes, and under a filter
 * some of them: whatever is damaged, its page index included.
 */
class RowScanMutationTest {
    private static final String SCHEMA = """
            message m {
              optional int64 time (TIMESTAMP(MICROS,true));
              optional binary name (STRING);
              required binary url (STRING);
              optional int32 small;
            }
            """;
    private static final String[] COLUMNS = {"name string", "url string", "small integer"};
    private static final RowProjection ROWS = ScannedRows.projection("time timestamp", COLUMNS);

    /** Columns and page index are read on their own, not with the whole file. */
    private static final ScanLimits SMALL_READS =
            new ScanLimits(0, 1 << 10, 1 << 24, 1 << 26, 1 << 16, 1 << 28, 1 << 20, 1);

    @TempDir
    static Path folder;

    @ParameterizedTest
    @EnumSource(WriterVersion.class)
    @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDamagedFileIsRefusedOrReadAsTheCountingScanReadsIt(WriterVersion version) throws Exception {
        Path file = folder.resolve("rows-" + version + ".parquet");
        GroupFile.write(
                file,
                SCHEMA,
                version,
                b -> b.withRowGroupRowCountLimit(150).withPageRowCountLimit(30).withDictionaryPageSize(500),
                300,
                (i, row) -> {
                    row.add("url", "u" + (i % 150 < 60 ? i % 7 : i));
                    if (i % 7 != 0) {
                        row.add("time", i * 1_000_000L);
                        row.add("name", "n" + i / 40);
                        row.add("small", i * i);
                    }
                });
        byte[] good = Files.readAllBytes(file);

        Mutations mutations = new Mutations("row scan " + version)
                .run(Mutations.rounds(60), good, good.length / 2, damaged -> trial(file, damaged));

        mutations.tell();
        assertThat(mutations.wrong()).as(mutations.toString()).isEmpty();
        assertThat(mutations.count(Outcome.REFUSED)).as(mutations.toString()).isPositive();
    }

    private static Verdict trial(Path file, byte[] damaged) throws IOException {
        Files.write(file, damaged);
        try {
            List<String> all = ScannedRows.rows(file, ROWS, RowFilter.ALL, SMALL_READS);
            List<String> counted = Scanned.rows(file, Scanned.projection(null, COLUMNS));
            List<String> values = all.stream().map(RowScanMutationTest::values).toList();
            List<String> some = ScannedRows.rows(
                    file,
                    ROWS,
                    ScannedRows.filter(
                            OptionalLong.of(100_000_000L),
                            OptionalLong.of(200_000_000L),
                            ScannedRows.condition("name string", "n3", "n4", null)),
                    SMALL_READS);
            boolean equal = values.equals(
                    counted.stream().map(r -> r.substring("NULL|".length())).toList());
            return Verdict.of(equal && new HashSet<>(all).containsAll(some) ? Outcome.SAME : Outcome.WRONG);
        } catch (TableException e) {
            assertThat(e)
                    .hasMessageContaining(file.getFileName().toString())
                    .hasMessageNotContaining(folder.toString());
            return Verdict.of(Outcome.REFUSED);
        }
    }

    private static String values(String row) {
        return row.substring(row.indexOf('|', row.indexOf('|') + 1) + 1);
    }
}
