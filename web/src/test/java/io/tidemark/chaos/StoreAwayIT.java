package io.tidemark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.process.TidemarkProcess;
import io.tidemark.s3.Fault;
import io.tidemark.s3.S3Server;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An object store that is away for {@code -Dchaos.away} seconds, while the table goes on. */
@InTheProfile
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class StoreAwayIT {
    private static final int SECONDS = Integer.getInteger("chaos.away", 3);
    private static final int COMMITS = 10;

    @TempDir
    Path dir;

    @Test
    void aStoreThatIsAwayForLongIsWaitedForWithFewRequestsAndThenCaughtUpWith() throws Exception {
        try (StoredTable table = new StoredTable(dir.resolve("s3"), "away")) {
            table.append(300);
            try (TidemarkProcess process = table.serve(
                    dir.resolve("state"), "--cache-dir", dir.resolve("cache").toString())) {
                process.await("serves the first version", () -> process.version() >= 0);
                long before = process.version();
                table.proxy.strike(new Fault.Stalled());
                for (int i = 0; i < COMMITS; i++) {
                    table.append(300);
                }
                process.await(
                        "is stale",
                        () -> process.status().path("state").asText().equals("stale"));
                assertThat(process.status().path("reason").asText()).doesNotContain(S3Server.KEY, S3Server.SECRET);
                table.proxy.take();
                process.runFor(TimeUnit.SECONDS.toMillis(SECONDS));
                int asked = table.proxy.count();
                // Each pause is 15 to 30 s in the end, and each try up to four requests.
                assertThat(asked).as("requests while it was away").isLessThan(40 + SECONDS);
                assertThat(process.get("api/v1/views").path("version").asLong()).isEqualTo(before);

                table.proxy.strike(new Fault.None());
                long began = System.nanoTime();
                process.await("has caught up", () -> process.version() == before + COMMITS);
                System.out.println("A store that was away for " + SECONDS + " s was asked " + asked
                        + " times meanwhile, and caught up with " + (System.nanoTime() - began) / 1_000_000
                        + " ms after it was back");
                assertThat(table.verify(process)).contains("EQUAL at version " + (before + COMMITS));
            }
        }
    }
}
