package io.tidemark.ingest.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.standalone.DeltaLog;
import io.delta.standalone.Snapshot;
import io.delta.standalone.actions.AddFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DemoTableIT {
    private static final int MOST_ROWS = 1_500;
    private static final int KEEP_COMMITS = 20;

    @TempDir
    Path dir;

    @Test
    void afterManyCommitsEverythingIsWithinItsLimitsAndNoRowIsLost() throws Exception {
        Set<String> seen = new HashSet<>();
        run(() -> newest() >= 250 && seen(seen).containsAll(Set.of("Manual Update", "DELETE")));

        Snapshot snapshot =
                DeltaLog.forTable(new Configuration(), dir.toString()).snapshot();
        logIsShortAndWithoutGaps(snapshot.getVersion());
        everyVersionThatTheLogHoldsCanBeRead();
        assertThat(names(dir, "part-").size()).as("files on disk").isLessThan(200);
        assertThat(liveRows(snapshot)).isPositive().isLessThan(4 * MOST_ROWS);
        compactionLostNoRow(snapshot);
    }

    /** Adds the operations of the commits that the log holds now. */
    private Set<String> seen(Set<String> operations) {
        try {
            operations.addAll(operations());
            return operations;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void logIsShortAndWithoutGaps(long newest) throws IOException {
        List<Long> versions = versions();
        assertThat(versions)
                .as("no gap, up to the newest")
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(versions.get(0), newest).boxed().collect(Collectors.toList()));
        assertThat(versions.size()).as("kept commits").isBetween(KEEP_COMMITS, 150);
    }

    private void everyVersionThatTheLogHoldsCanBeRead() throws IOException {
        DeltaLog log = DeltaLog.forTable(new Configuration(), dir.toString());
        for (long version : versions()) {
            assertThat(log.getSnapshotForVersionAsOf(version).getAllFiles()).isNotEmpty();
        }
    }

    private void compactionLostNoRow(Snapshot snapshot) throws Exception {
        String files = snapshot.getAllFiles().stream()
                .map(file -> "'" + dir.resolve(file.getPath()) + "'")
                .collect(Collectors.joining(","));
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet rows = duckDb.createStatement()
                        .executeQuery(
                                "SELECT count(*), count(DISTINCT \"timestamp\") FROM read_parquet([" + files + "])")) {
            rows.next();
            assertThat(rows.getLong(1)).isEqualTo(liveRows(snapshot));
            // Live events all have their own microsecond: none was copied twice.
            assertThat(rows.getLong(2)).isEqualTo(rows.getLong(1));
        }
    }

    @Test
    void startedAgainItGoesOnWhereItStopped() throws Exception {
        run(() -> newest() >= 20);
        long stopped = newest();
        run(() -> newest() >= stopped + 20);

        assertThat(operations().stream().filter("WRITE"::equals).count()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void theBackfillEndsNowAndIsWrittenOnce() throws Exception {
        Instant before = Instant.now();
        DemoOptions options = DemoOptions.of(dir, 1, 5_000);
        DemoTable.run(options, line -> {}, () -> newest() >= 0);

        Snapshot snapshot =
                DeltaLog.forTable(new Configuration(), dir.toString()).snapshot();
        assertThat(liveRows(snapshot)).isBetween(5_000L, 5_100L);
        assertThat(LiveFile.of(snapshot.getAllFiles().get(0)).newest())
                .isBetween(before.minusSeconds(600), Instant.now().plusSeconds(1));
    }

    @Test
    void aSecondDemoOnTheSameDirectoryIsToldSo() throws Exception {
        AtomicReference<Throwable> refused = new AtomicReference<>();
        run(() -> {
            if (newest() < 1) {
                return false;
            }
            try {
                run(() -> true);
            } catch (IllegalArgumentException e) {
                refused.set(e);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return true;
        });

        assertThat(refused.get())
                .hasMessageContaining("Another demo writes to")
                .hasMessageContaining("choose another --dir");
    }

    @Test
    void aTableThatIsNotADemosIsLeftAlone() throws IOException {
        Generate.run(
                new GenerateOptions(dir.toString(), new Configuration(), 10, 10, 0, 1, Instant.now(), 0, 1),
                line -> {},
                () -> false);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(() -> true))
                .withMessageContaining("was not made by demo")
                .withMessageContaining("Choose another --dir");
    }

    private void run(BooleanSupplier stop) throws IOException {
        DemoLimits limits =
                new DemoLimits(MOST_ROWS, Duration.ofDays(1), 10, 5, KEEP_COMMITS, Duration.ZERO, Duration.ZERO, 20);
        DemoTable.run(new DemoOptions(dir, 500, 0, Duration.ofMillis(2), limits, 1), line -> {}, stop);
    }

    private long newest() {
        try {
            List<Long> versions = versions();
            return versions.isEmpty() ? -1 : versions.get(versions.size() - 1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Long> versions() throws IOException {
        Path log = dir.resolve("_delta_log");
        return !Files.isDirectory(log)
                ? List.of()
                : names(log, "0").stream()
                        .filter(name -> name.endsWith(".json"))
                        .map(name -> Long.parseLong(name.substring(0, 20)))
                        .sorted()
                        .collect(Collectors.toList());
    }

    private List<String> operations() throws IOException {
        List<String> operations = new ArrayList<>();
        for (long version : versions()) {
            try {
                Path commit = dir.resolve("_delta_log").resolve(String.format("%020d.json", version));
                operations.add(new ObjectMapper()
                        .readTree(Files.readAllLines(commit).get(0))
                        .at("/commitInfo/operation")
                        .asText());
            } catch (NoSuchFileException e) {
                // Cleaned up since it was listed.
            }
        }
        return operations;
    }

    private static List<String> names(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .collect(Collectors.toList());
        }
    }

    private static long liveRows(Snapshot snapshot) throws IOException {
        long rows = 0;
        for (AddFile file : snapshot.getAllFiles()) {
            rows += LiveFile.of(file).rows();
        }
        return rows;
    }
}
