package io.tidemark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.process.TidemarkProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Disks without space: what is served stays exact, the reason is told, and it goes on when there is space. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FullDiskIT {
    /** Too few for RocksDB to set room for its log aside, which it would then write to a full disk for long. */
    private static final int MEGABYTES = 8;

    private static final int ROOMY_MEGABYTES = 256;

    @TempDir
    Path dir;

    static LongStream bytesLeft() {
        return Boolean.getBoolean("chaos.all") ? LongStream.of(0, 48 << 10, 400 << 10) : LongStream.of(0);
    }

    /** @param left bytes: whatever is written next fails, or the first things do not */
    @ParameterizedTest
    @MethodSource("bytesLeft")
    void aFullDiskStopsFollowingWithAReasonUntilThereIsSpace(long left) throws Exception {
        long seed = Suffering.seed("FullDiskIT");
        try (Tmpfs disk = Tmpfs.mount(dir.resolve("disk"), MEGABYTES);
                Suffering run = new Suffering(dir, disk.root.resolve("state"), seed);
                TidemarkProcess process = run.serve()) {
            run.awaitCurrent(process);
            for (int i = 0; i < 2; i++) {
                disk.fill(left);
                appendUntilStale(run, process);

                JsonNode status = process.status();
                assertThat(status.path("reason").asText())
                        .contains("no space is left on the disk of the state directory")
                        .contains("Free some")
                        .doesNotContain(run.state.toString());
                long stoppedAt = process.version();
                assertThat(process.text("readyz")).startsWith("ready");
                assertThat(run.verify(process)).matches(v -> v.equal() && v.version() == stoppedAt);
                // Made of data files, and written nowhere on its way.
                assertThat(process.text("api/v1/export?format=csv").lines())
                        .as("lines of an export")
                        .hasSizeGreaterThan(5_000);

                disk.free();
                run.awaitCurrent(process);
                assertThat(run.verify(process).equal()).isTrue();
            }
            process.stop();
            assertThat(run.verify()).matches(v -> v.equal() && v.version() == run.newestVersion());
        }
    }

    /** One after the other, as each may find some space yet. */
    private static void appendUntilStale(Suffering run, TidemarkProcess process) throws Exception {
        for (int i = 0; i < 200; i++) {
            run.append(4_000);
            long newest = run.newestVersion();
            process.await("takes up version " + newest + " or is stale", () -> {
                JsonNode status = process.status();
                return status.path("version").asLong() >= newest
                        || status.path("state").asText().equals("stale");
            });
            if (process.status().path("state").asText().equals("stale")) {
                return;
            }
        }
        throw new AssertionError("It is never stale: " + process.status());
    }

    @Test
    @InTheProfile
    void whatWasWrittenToAFullDiskIsOpenedWhenThereIsSpace() throws Exception {
        long seed = Suffering.seed("FullDiskIT");
        try (Tmpfs disk = Tmpfs.mount(dir.resolve("disk"), MEGABYTES);
                Suffering run = new Suffering(dir, disk.root.resolve("state"), seed)) {
            long shown;
            try (TidemarkProcess process = run.serve()) {
                run.awaitCurrent(process);
                disk.fill(0);
                appendUntilStale(run, process);
                shown = process.version();
                process.kill();
            }
            try (TidemarkProcess process = run.serve()) {
                assertThat(process.exitCode()).isEqualTo(2);
                assertThat(process.stderr()).anyMatch(line -> line.contains("No space is left"));
            }
            disk.free();
            assertThat(run.verify()).matches(v -> v.equal() && v.version() >= shown);
            try (TidemarkProcess process = run.serve()) {
                run.awaitCurrent(process);
                assertThat(process.status().path("warnings")).isEmpty();
                process.stop();
            }
            assertThat(run.verify().equal()).isTrue();
        }
    }

    @Test
    @InTheProfile
    void aLogThatCannotBeWrittenHarmsNothing() throws Exception {
        long seed = Suffering.seed("FullDiskIT");
        try (Suffering run = new Suffering(dir, dir.resolve("state"), seed);
                TidemarkProcess process = TidemarkProcess.start(new ProcessBuilder(
                        "sh",
                        "-c",
                        "exec \"$@\" 2>/dev/full",
                        "sh",
                        TidemarkProcess.java().toString(),
                        "-Xmx512m",
                        "-jar",
                        TidemarkProcess.jar().toString(),
                        "serve",
                        "--table",
                        run.table.toString(),
                        "--state-dir",
                        run.state.toString(),
                        "--port",
                        "0"))) {
            run.awaitCurrent(process);
            Path gone = dir.resolve("elsewhere");
            Files.move(run.table, gone); // something to log
            process.await(
                    "is stale", () -> process.status().path("state").asText().equals("stale"));
            Files.move(gone, run.table);
            run.append(100);
            run.awaitCurrent(process);
            assertThat(run.verify(process).equal()).isTrue();
        }
    }

    @Test
    @InTheProfile
    void aDirectoryThatCannotBeWrittenIsRefusedByASentence() throws Exception {
        long seed = Suffering.seed("FullDiskIT");
        try (Tmpfs disk = Tmpfs.mount(dir.resolve("disk"), MEGABYTES);
                Suffering run = new Suffering(dir, disk.root.resolve("state"), seed)) {
            try (TidemarkProcess process = run.serve()) {
                run.awaitCurrent(process);
                process.kill();
            }
            disk.readOnly();
            try (TidemarkProcess process = run.serve()) {
                assertThat(process.exitCode()).isEqualTo(2);
                assertThat(process.stderr()).anyMatch(line -> line.contains("writable"));
            }
            disk.writable();
            assertThat(run.verify()).matches(v -> v.equal() && v.version() == run.newestVersion());
        }
    }

    @Test
    void aDiskThatBecomesReadOnlyStopsFollowingWithAReasonUntilItIsWritable() throws Exception {
        long seed = Suffering.seed("FullDiskIT");
        try (FaultyDisk disk = FaultyDisk.mount(dir.resolve("disk"), ROOMY_MEGABYTES);
                Suffering run = new Suffering(dir, disk.root.resolve("state"), seed);
                TidemarkProcess process = run.serve()) {
            run.awaitCurrent(process);
            long before = process.version();
            disk.fail();
            run.append(1_000);
            process.await(
                    "is stale", () -> process.status().path("state").asText().equals("stale"));

            assertThat(process.status().path("reason").asText())
                    .contains("the state directory cannot be written (it is read-only")
                    .contains("Make it writable")
                    .doesNotContain(run.state.toString());
            assertThat(process.version()).isEqualTo(before);
            assertThat(process.text("healthz")).as("a restart would not help").startsWith("alive");
            assertThat(process.text("readyz")).startsWith("ready");
            assertThat(run.verify(process)).matches(v -> v.equal() && v.version() == before);

            disk.mend();
            run.awaitCurrent(process);
            assertThat(run.verify(process).equal()).isTrue();
            process.stop();
            assertThat(run.verify()).matches(v -> v.equal() && v.version() == run.newestVersion());
        }
    }

    @Test
    @InTheProfile
    void aVolumeThatVanishesIsNoReasonToStopAndTheTableIsCountedAnewAfterARestart() throws Exception {
        long seed = Suffering.seed("FullDiskIT");
        try (Tmpfs disk = Tmpfs.mount(dir.resolve("disk"), MEGABYTES);
                Suffering run = new Suffering(dir, disk.root.resolve("state"), seed)) {
            try (TidemarkProcess process = run.serve()) {
                run.awaitCurrent(process);
                disk.detach();
                for (int i = 0; i < 5; i++) {
                    run.change();
                }
                run.awaitCurrent(process);
                assertThat(run.verify(process).equal()).isTrue();
                process.kill();
            }
            try (TidemarkProcess process = run.serve()) {
                run.awaitCurrent(process);
                process.stop();
            }
            assertThat(run.verify()).matches(v -> v.equal() && v.version() == run.newestVersion());
        }
    }
}
