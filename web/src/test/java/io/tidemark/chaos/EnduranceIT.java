package io.tidemark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.process.TidemarkProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a machine and its table in long years: stopped processes, clocks that jump, tables that go, all clients at once. */
@InTheProfile
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class EnduranceIT {
    private static final int FREEZES = Integer.getInteger("chaos.freezes", 2);
    private static final int SUBSCRIBERS = Integer.getInteger("chaos.subscribers", 200);

    @TempDir
    Path dir;

    @Test
    void aProcessThatIsStoppedForAWhileCatchesUp() throws Exception {
        try (Suffering run = new Suffering(dir, dir.resolve("state"), Suffering.seed("EnduranceIT"));
                TidemarkProcess process = run.serve()) {
            run.awaitCurrent(process);
            run.write();
            for (int i = 0; i < FREEZES; i++) {
                process.runFor(run.random.nextInt(500));
                process.freeze();
                process.runFor(500 + run.random.nextInt(1_000));
                process.thaw();
            }
            run.rest();
            run.awaitCurrent(process);
            assertThat(run.verify(process)).matches(v -> v.equal() && v.version() == run.newestVersion());
        }
    }

    @Test
    void aTableThatIsGoneForAWhileIsServedAsItWasAndFollowedWhenItIsBack() throws Exception {
        try (Suffering run = new Suffering(dir, dir.resolve("state"), Suffering.seed("EnduranceIT"));
                TidemarkProcess process = run.serve()) {
            run.awaitCurrent(process);
            long before = process.version();
            String epoch = process.status().path("epoch").asText();
            Path away = dir.resolve("away");
            Files.move(run.table, away);
            process.await(
                    "is stale", () -> process.status().path("state").asText().equals("stale"));
            assertThat(process.status().path("reason").asText()).isNotEmpty();
            assertThat(process.get("api/v1/views").path("version").asLong()).isEqualTo(before);

            Files.move(away, run.table);
            run.append(300);
            run.awaitCurrent(process);
            assertThat(process.status().path("epoch").asText()).isEqualTo(epoch);
            assertThat(run.verify(process).equal()).isTrue();
        }
    }

    @Test
    void aClockThatJumpsChangesNoNumber() throws Exception {
        Path library = Path.of("/usr/lib/" + System.getProperty("os.arch").replace("amd64", "x86_64")
                + "-linux-gnu/faketime/libfaketimeMT.so.1");
        Assumptions.assumeTrue(
                Files.exists(library), "libfaketime is not installed (Debian: apt-get install libfaketime)");
        Path clock = Files.writeString(dir.resolve("clock"), "+0");
        try (Suffering run = new Suffering(dir, dir.resolve("state"), Suffering.seed("EnduranceIT"));
                TidemarkProcess process = TidemarkProcess.start(
                        java.util.Map.of(
                                "LD_PRELOAD",
                                library.toString(),
                                "FAKETIME_TIMESTAMP_FILE",
                                clock.toString(),
                                "FAKETIME_NO_CACHE",
                                "1",
                                "FAKETIME_DONT_FAKE_MONOTONIC",
                                "1"),
                        "serve",
                        "--table",
                        run.table.toString(),
                        "--state-dir",
                        run.state.toString(),
                        "--port",
                        "0")) {
            run.awaitCurrent(process);
            for (String jump : List.of("+86400", "-86400", "+31536000", "+0")) {
                Files.writeString(clock, jump);
                run.change();
                run.append(100);
                run.awaitCurrent(process);
                assertThat(process.status().path("freshnessSeconds").asDouble())
                        .as("after " + jump)
                        .isNotNegative();
                assertThat(run.verify(process).equal()).as("after " + jump).isTrue();
            }
        }
    }

    @Test
    void whenAllSubscribersComeBackAtOnceEachIsShownTheNewestVersion() throws Exception {
        try (Suffering run = new Suffering(dir, dir.resolve("state"), Suffering.seed("EnduranceIT"))) {
            for (int life = 0; life < 2; life++) {
                List<Watcher> all = new ArrayList<>();
                try (TidemarkProcess process = run.serve()) {
                    run.awaitCurrent(process);
                    process.address();
                    long began = System.nanoTime();
                    for (int i = 0; i < SUBSCRIBERS; i++) {
                        all.add(new Watcher(process));
                    }
                    run.append(200);
                    long newest = run.newestVersion();
                    process.await(
                            "all of them are shown version " + newest,
                            () -> all.stream().allMatch(watcher -> watcher.newest() >= newest));
                    System.out.println(SUBSCRIBERS + " subscribers that came at once were shown version " + newest
                            + " after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) + " ms");
                    assertThat(run.verify(process).equal()).isTrue();
                    process.kill();
                } finally {
                    all.forEach(Watcher::close);
                }
            }
        }
    }
}
