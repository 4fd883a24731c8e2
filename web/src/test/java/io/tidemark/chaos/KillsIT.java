package io.tidemark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.chaos.Suffering.Verdict;
import io.tidemark.process.ChangingTable;
import io.tidemark.process.TidemarkProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at random moments and at named points, while the table changes. After each: no version is below one that a client was
 * shown, and every number is what a recount gives. {@code -Dchaos.rounds} says how many at most, and {@code -Dchaos.minutes} for how
 * long.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
class KillsIT {
    private static final int ROUNDS = Integer.getInteger("chaos.rounds", 3);
    private static final long MINUTES = Long.getLong("chaos.minutes", 120);
    private static final int TELL_EVERY = 20;
    private static final int MOST_STEPS = 6;
    private static final int FIRST_BUILD_EVERY = 40;

    @TempDir
    Path dir;

    private final Tally tally = new Tally();

    /** When a life ends. */
    private enum Moment {
        ANY,
        STARTING,
        FLUSHING,
        COUNTED,
        WRITTEN,
        SHOWN;

        boolean isPoint() {
            return this == COUNTED || this == WRITTEN || this == SHOWN;
        }
    }

    @Test
    void whereverItIsKilledEveryNumberIsExactAndNothingThatWasShownIsTakenBack() throws Exception {
        long seed = Suffering.seed("KillsIT");
        try (Suffering run = new Suffering(dir, dir.resolve("state"), seed)) {
            run.write();
            Moment[] moments = Moment.values();
            int first = run.random.nextInt(moments.length);
            long shown = -1;
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
            for (int round = 1; round <= ROUNDS && System.nanoTime() < end; round++) {
                Moment moment = moments[(first + round) % moments.length];
                shown = liveAndDie(run, moment, shown, round);
                if (round % FIRST_BUILD_EVERY == 0) {
                    firstBuild(seed + round);
                }
                if (round % TELL_EVERY == 0) {
                    System.out.println("KillsIT: " + round + " rounds; version " + shown);
                }
            }
            run.rest();
            // So that there is something that was not shown yet.
            run.append(100);
            try (TidemarkProcess last = run.serve()) {
                run.awaitCurrent(last);
                last.stop();
            }
            assertThat(run.newestVersion()).isGreaterThan(shown);
            requireExact(run, shown, "the end");
            tally.note("The table was at version " + run.newestVersion() + " in the end, and so was the state.");
        } finally {
            tally.print();
        }
        assertThat(tally.kills()).isPositive();
    }

    /** @return the newest version that was shown, in this life or before */
    private long liveAndDie(Suffering run, Moment moment, long shownBefore, int round) throws Exception {
        long began = System.nanoTime();
        long shown = shownBefore;
        String at = moment.name().toLowerCase(Locale.ROOT);
        String jvm = moment.isPoint() ? "-Dtidemark.kill-at=" + at + ":" + (1 + run.random.nextInt(MOST_STEPS)) : "";
        try (TidemarkProcess process = moment.isPoint() ? run.serveWith(jvm) : run.serve();
                Watcher watcher = new Watcher(process)) {
            switch (moment) {
                case ANY -> {
                    process.await("serves a version", () -> process.version() >= 0);
                    long first = process.version();
                    assertThat(first).as("version after a kill").isGreaterThanOrEqualTo(shownBefore);
                    process.runFor(run.random.nextInt(1_000));
                    shown = process.version();
                }
                case STARTING -> process.runFor(run.random.nextInt(2_500));
                case FLUSHING -> awaitNewTable(run.state, process);
                default -> assertThat(run.endOf(process)).as("killed itself").isNotZero();
            }
            process.kill();
            shown = Math.max(shown, watcher.newest());
        }
        Verdict verdict = requireExact(run, shown, "round " + round + ", " + at);
        tally.round(at, 1, shown, verdict.version(), (System.nanoTime() - began) / 1_000_000);
        return Math.max(shown, verdict.version());
    }

    private static Verdict requireExact(Suffering run, long shown, String when) {
        Verdict verdict = run.verify();
        assertThat(verdict.equal()).as("%s: %s", when, verdict.said()).isTrue();
        assertThat(verdict.version()).as("%s: version of the state", when).isGreaterThanOrEqualTo(shown);
        return verdict;
    }

    /** RocksDB writes what a log held into tables when it is opened: waits until it begins one. */
    private static void awaitNewTable(Path state, TidemarkProcess process) {
        Set<String> before = tables(state);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (before.containsAll(tables(state)) && System.nanoTime() < deadline) {
            process.runFor(1);
        }
    }

    private static Set<String> tables(Path state) {
        Set<String> names = new HashSet<>();
        try (Stream<Path> files = Files.list(state.resolve("rocksdb"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sst"))
                    .forEach(names::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            // There is none yet, or it went meanwhile.
        }
        return names;
    }

    /** A table whose first load is killed in the midst of it more than once. */
    private void firstBuild(long seed) throws Exception {
        long began = System.nanoTime();
        Random random = new Random(seed);
        Path place = dir.resolve("first-" + seed);
        Path table = place.resolve("table");
        try (ChangingTable writer = new ChangingTable(table, seed)) {
            for (int i = 0; i < 4; i++) {
                writer.append(100_000);
            }
        }
        int kills = 0;
        try (Suffering run = new Suffering(place, place.resolve("state"), seed)) {
            for (int i = 0; i < 2; i++) {
                try (TidemarkProcess process =
                        random.nextBoolean() ? run.serveWith("-Dtidemark.kill-at=counted:1") : run.serve()) {
                    process.runFor(1_000 + random.nextInt(3_000));
                    process.kill();
                    kills++;
                }
                requireExact(run, -1, "first build");
            }
            try (TidemarkProcess process = run.serve()) {
                run.awaitCurrent(process);
                process.kill();
                kills++;
            }
            Verdict verdict = requireExact(run, run.newestVersion(), "first build");
            tally.round(
                    "in the first build",
                    kills,
                    run.newestVersion(),
                    verdict.version(),
                    (System.nanoTime() - began) / 1_000_000);
        }
    }
}
