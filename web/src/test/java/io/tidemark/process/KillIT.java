package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process, killed at random moments while its table changes. {@code -Dtidemark.seed} repeats a run's moments and changes. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KillIT {
    private static final int ROUNDS = Integer.getInteger("tidemark.kill.rounds", 8);
    private static final int VERIFY_EVERY = 4;
    private static final long PAUSE_NANOS = 40_000_000L;

    @TempDir
    Path dir;

    @Test
    void killedAgainAndAgainItStillCountsEveryRowOnceAndNeverGoesBack() throws Exception {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        System.out.println("KillIT: -Dtidemark.seed=" + seed);
        Random random = new Random(seed);
        Path table = dir.resolve("table");
        Path state = dir.resolve("state");
        AtomicBoolean stop = new AtomicBoolean();
        try (ChangingTable writer = new ChangingTable(table, seed)) {
            for (int i = 0; i < 10; i++) {
                writer.append(2_000);
            }
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> change(writer, stop));
            long shown = -1;
            try {
                for (int round = 1; round <= ROUNDS; round++) {
                    shown = liveAndDie(table, state, random, shown);
                    if (round % VERIFY_EVERY == 0) {
                        assertEqual(table, state, seed, round);
                    }
                }
            } finally {
                stop.set(true);
                writing.join();
            }
            long newest = writer.newestVersion();
            try (TidemarkProcess last = TidemarkProcess.serve(table, state)) {
                last.await("reaches version " + newest, () -> last.version() == newest);
                last.stop();
            }
            assertThat(newest).isGreaterThan(shown);
            assertEqual(table, state, seed, ROUNDS + 1);
        }
    }

    /** One life. @return the newest version that was shown, in this life or before */
    private static long liveAndDie(Path table, Path state, Random random, long shownBefore) throws Exception {
        boolean inStartUp = random.nextInt(4) == 0;
        long millis = random.nextInt(inStartUp ? 2_500 : 1_500);
        long shown = shownBefore;
        try (TidemarkProcess process = TidemarkProcess.serve(table, state)) {
            if (inStartUp) {
                process.runFor(millis);
            } else {
                long before = shown;
                process.await("serves a version", () -> process.version() >= 0);
                shown = process.version();
                assertThat(shown).as("version after a kill").isGreaterThanOrEqualTo(before);
                process.runFor(millis);
                shown = process.version();
            }
            process.kill();
        }
        return shown;
    }

    private static void change(ChangingTable writer, AtomicBoolean stop) {
        try {
            while (!stop.get()) {
                writer.change();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private static void assertEqual(Path table, Path state, long seed, int round) throws Exception {
        try (TidemarkProcess verify =
                TidemarkProcess.start("verify", "--table", table.toString(), "--state-dir", state.toString())) {
            int exitCode = verify.exitCode();
            assertThat(verify.stdout())
                    .as("seed %d, round %d: %s", seed, round, verify.stderr())
                    .anyMatch(line -> line.startsWith("EQUAL"));
            assertThat(exitCode).isZero();
        }
    }
}
