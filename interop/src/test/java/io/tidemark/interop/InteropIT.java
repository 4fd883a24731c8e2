package io.tidemark.interop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code -Dtidemark.seed} repeats a run's operations, {@code -Dinterop.commits} says how many commits it has at least. */
@Timeout(value = 6, unit = TimeUnit.HOURS)
class InteropIT {

    @Test
    void afterEveryCommitOfSparkEachViewEqualsSparksOwnGroupBy() throws Exception {
        String given = System.getProperty("tidemark.seed", "");
        long seed = given.isBlank() ? System.nanoTime() & 0xffff_ffffL : Long.parseLong(given);
        System.out.println("InteropIT: -Dtidemark.seed=" + seed);
        Path jar = Path.of(System.getProperty("tidemark.jar"));
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("There is no " + jar + ": build it with mvn package.");
        }
        Path dir = Path.of(System.getProperty("interop.dir"), "seed-" + seed);
        WholeTableOperations.delete(dir);
        try (Interop run = new Interop(seed, Integer.getInteger("interop.commits", 2_000), dir, jar)) {
            run.run();
        }
        // Kept where it failed.
        WholeTableOperations.delete(dir);
    }
}
