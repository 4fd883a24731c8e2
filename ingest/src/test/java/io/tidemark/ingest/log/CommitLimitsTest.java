package io.tidemark.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.files.InMemoryTableFiles;
import io.tidemark.ingest.files.LocalTableFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits that are too much: refused with a sentence, and without the memory that they ask for. */
class CommitLimitsTest {
    /** As in a heap of 64 MB: commits of 8 MB, lines of 2 MB, 16 MB for their actions. */
    private static final LogLimits LIMITS = LogLimits.of(64 << 20);

    @TempDir
    Path folder;

    private final InMemoryTableFiles files = new InMemoryTableFiles();
    private final DeltaTableLog log = new DeltaTableLog(files, Clock.systemUTC(), Duration.ZERO, LIMITS);

    private void assertRefused(String reason, String... lines) {
        files.putCommit(7, lines);
        assertThatThrownBy(() -> log.commit(7))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("00000000000000000007.json")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aCommitOfAGigabyteIsRefusedByItsSizeAlone() throws IOException {
        Path root = folder.resolve("table");
        Path commit = root.resolve(InMemoryTableFiles.commitPath(0));
        Files.createDirectories(commit.getParent());
        try (RandomAccessFile sparse = new RandomAccessFile(commit.toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        try (LocalTableFiles disk = new LocalTableFiles(root)) {
            assertThatThrownBy(() -> new DeltaTableLog(disk).commit(0))
                    .isInstanceOf(TableException.class)
                    .hasMessageContaining("00000000000000000000.json")
                    .hasMessageContaining("has 1073741824 bytes; at most")
                    .hasMessageNotContaining(folder.toString());
        }
    }

    @Test
    void aLineBeyondTheLimitIsRefusedBeforeItIsParsed() {
        assertRefused("line 2] A line of", Lines.PROTOCOL, "{\"add\":{\"path\":\"" + "x".repeat(3 << 20) + "\"}}");
    }

    @Test
    void aVeryLongStatisticIsKeptWhereTheLineIsWithinTheLimit() {
        String stats = "{\\\"numRecords\\\":1,\\\"x\\\":\\\"" + "y".repeat(1 << 20) + "\\\"}";
        files.putCommit(7, "{\"add\":{\"path\":\"a\",\"size\":1,\"stats\":\"" + stats + "\"}}");

        assertThat(log.commit(7).orElseThrow().adds().get(0).stats().orElseThrow())
                .hasSizeGreaterThan(1 << 20);
    }

    @Test
    void moreActionsThanThereIsMemoryForAreRefused() {
        String[] lines = IntStream.range(0, 100_000)
                .mapToObj(i -> "{\"add\":{\"path\":\"" + i + "\",\"size\":1}}")
                .toArray(String[]::new);

        assertRefused("-Xmx", lines);
    }

    @Test
    void partitionValuesWithoutEndAreRefused() {
        String values =
                IntStream.range(0, 100_000).mapToObj(i -> "\"p" + i + "\":\"\"").collect(Collectors.joining(","));

        assertRefused("entries", "{\"add\":{\"path\":\"a\",\"size\":1,\"partitionValues\":{" + values + "}}}");
    }

    @Test
    void aSchemaOfTooManyColumnsIsRefused() {
        String fields = IntStream.range(0, 20_000)
                .mapToObj(i -> "{\\\"name\\\":\\\"c" + i + "\\\",\\\"type\\\":\\\"long\\\"}")
                .collect(Collectors.joining(","));

        assertRefused(
                "entries",
                "{\"metaData\":{\"id\":\"t\",\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[" + fields
                        + "]}\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"add\":{\"tags\":", "{\"unknown\":[", "{\"commitInfo\":{\"x\":"})
    void nestingWithoutEndIsRefused(String opening) {
        String deep = opening.endsWith("[") ? "[" : "{\"a\":";

        assertRefused("line 1", opening + deep.repeat(100_000), Lines.add("x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\":9223372036854775807}",
                "{\"version\":99999999999999999999999999}",
                "{\"version\":-1}",
                "{\"version\":1,\"parts\":2147483647,\"size\":-5}",
                "{\"version\":1,\"parts\":1e308}",
                "{\"version\":\"1\"}",
                "[[[[",
                "null",
                ""
            })
    void anAbsurdHintAtTheLastCheckpointIsPassedOver(String hint) {
        files.putCommit(0, Lines.PROTOCOL, Lines.metadata("t", "x"), Lines.add("a"));
        files.putCommit(1, Lines.add("b"));
        files.put(LogPaths.LAST_CHECKPOINT, hint);

        assertThat(log.latestVersion(-1)).hasValue(1);
        try (TableSnapshot snapshot = log.latestSnapshot().orElseThrow()) {
            assertThat(snapshot.files()).toIterable().hasSize(2);
        }
    }

    @Test
    void namesWithVersionsBeyondReasonAreNoReasonToStop() {
        files.putCommit(0, Lines.PROTOCOL, Lines.metadata("t", "x"), Lines.add("a"));
        files.put("_delta_log/09223372036854775807.json", Lines.add("z"));
        files.put("_delta_log/99999999999999999999.json", Lines.add("z"));
        files.put("_delta_log/99999999999999999999.checkpoint.parquet", "x");

        assertThat(log.latestVersion(-1)).hasValue(0);
        assertThat(log.latestVersion(0)).hasValue(0);
        assertThat(log.commit(Long.MAX_VALUE).orElseThrow().adds()).hasSize(1);
        assertThat(log.commit(1)).isEmpty();
        try (TableSnapshot snapshot = log.snapshot(0)) {
            assertThat(snapshot.files()).toIterable().hasSize(1);
        }
    }
}
