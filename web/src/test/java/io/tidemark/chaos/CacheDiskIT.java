package io.tidemark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.process.TidemarkProcess;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk of {@code --cache-dir} fails: scans read from the store, which is told once and counted, and nothing else changes. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@InTheProfile
class CacheDiskIT {
    private static final int ROWS = 4_000;
    private static final int COMMITS = 3;

    @TempDir
    Path dir;

    private Tmpfs disk;
    private StoredTable table;

    @BeforeEach
    void start() throws Exception {
        disk = Tmpfs.mount(dir.resolve("disk"), 2);
        table = new StoredTable(dir.resolve("s3"), "cached");
        for (int i = 0; i < COMMITS; i++) {
            table.append(ROWS);
        }
    }

    @AfterEach
    void stop() throws Exception {
        if (table != null) {
            table.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void aFullDiskAndThenAReadOnlyOneSlowScansAndNothingElse() throws Exception {
        disk.fill(0);
        try (TidemarkProcess process = serve()) {
            scans(process);
            assertThat(process.metric("tidemark_cache_failures_total")).isPositive();
            assertThat(process.metric("tidemark_cache_bytes")).isZero();
            scans(process);

            disk.readOnly();
            scans(process);
            assertThat(warnings(process)).as("%s", process.stderr()).isEqualTo(1);
            table.append(ROWS);
            process.await("follows", () -> process.version() == COMMITS);
            assertThat(process.status().path("state").asText()).isEqualTo("live");
            process.stop();
        }
    }

    @Test
    void aReadOnlyDiskIsNoReasonNotToStartAndWhatItHasIsUsed() throws Exception {
        try (TidemarkProcess process = serve()) {
            scans(process);
            assertThat(process.metric("tidemark_cache_bytes")).isPositive();
            process.stop();
        }
        disk.readOnly();
        try (TidemarkProcess process = serve()) {
            scans(process);
            assertThat(process.metric("tidemark_cache_blocks_total{from=\"cache\"}"))
                    .isPositive();
            assertThat(process.metric("tidemark_cache_blocks_total{from=\"store\"}"))
                    .isZero();
            table.append(ROWS);
            process.await("follows", () -> process.version() == COMMITS);
            assertThat(process.text("api/v1/export?format=csv").lines()).hasSize(1 + ROWS * (COMMITS + 1));
            assertThat(process.metric("tidemark_cache_failures_total")).isPositive();
            assertThat(warnings(process)).as("%s", process.stderr()).isEqualTo(1);
            process.stop();
        }
    }

    private TidemarkProcess serve() throws Exception {
        TidemarkProcess process = table.serve(
                dir.resolve("state"), "--cache-dir", disk.root.resolve("cache").toString());
        process.await("serves", () -> process.version() == COMMITS - 1);
        return process;
    }

    private static void scans(TidemarkProcess process) {
        assertThat(process.text("api/v1/export?format=csv").lines()).hasSize(1 + ROWS * COMMITS);
        assertThat(process.get("api/v1/events?limit=10").get("events")).hasSize(10);
    }

    private static long warnings(TidemarkProcess process) {
        return process.stderr().stream()
                .filter(line -> line.contains("cache of data files cannot be"))
                .count();
    }
}
