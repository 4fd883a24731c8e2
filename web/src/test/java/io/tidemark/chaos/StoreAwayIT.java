package io.tidemark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.files.ObjectStoreSettings;
import io.tidemark.ingest.generate.Generate;
import io.tidemark.ingest.generate.GenerateOptions;
import io.tidemark.process.TidemarkProcess;
import io.tidemark.s3.Fault;
import io.tidemark.s3.FaultProxy;
import io.tidemark.s3.S3Server;
import io.tidemark.web.command.TidemarkCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
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
        try (S3Server server = new S3Server(dir.resolve("s3"));
                FaultProxy proxy = new FaultProxy(server.port())) {
            String table = "s3://" + server.bucket() + "/away";
            append(server, table, 0);
            try (TidemarkProcess process = TidemarkProcess.start(
                    S3Server.environment(proxy.port()),
                    "serve",
                    "--table",
                    table,
                    "--state-dir",
                    dir.resolve("state").toString(),
                    "--cache-dir",
                    dir.resolve("cache").toString(),
                    "--port",
                    "0")) {
                process.await("serves the first version", () -> process.version() >= 0);
                long before = process.version();
                proxy.strike(new Fault.Stalled());
                for (int i = 1; i <= COMMITS; i++) {
                    append(server, table, i);
                }
                process.await(
                        "is stale",
                        () -> process.status().path("state").asText().equals("stale"));
                assertThat(process.status().path("reason").asText()).doesNotContain(S3Server.KEY, S3Server.SECRET);
                proxy.take();
                process.runFor(TimeUnit.SECONDS.toMillis(SECONDS));
                int asked = proxy.count();
                // Each pause is 15 to 30 s in the end, and each try up to four requests.
                assertThat(asked).as("requests while it was away").isLessThan(40 + SECONDS);
                assertThat(process.get("api/v1/views").path("version").asLong()).isEqualTo(before);

                proxy.strike(new Fault.None());
                long began = System.nanoTime();
                process.await("has caught up", () -> process.version() == before + COMMITS);
                System.out.println("A store that was away for " + SECONDS + " s was asked " + asked
                        + " times meanwhile, and caught up with " + (System.nanoTime() - began) / 1_000_000
                        + " ms after it was back");
                assertThat(verified(server, table, process)).contains("EQUAL at version " + (before + COMMITS));
            }
        }
    }

    private static String verified(S3Server server, String table, TidemarkProcess process) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Map<String, String> environment = server.environment();
        TidemarkCommand.run(
                new String[] {
                    "verify", "--table", table, "--url", process.address().toString()
                },
                environment,
                out,
                out);
        return said.toString(StandardCharsets.UTF_8);
    }

    private static void append(S3Server server, String table, long seed) throws Exception {
        Generate.run(
                new GenerateOptions(
                        table,
                        ObjectStoreSettings.configuration(server.environment()),
                        300,
                        300,
                        0,
                        48,
                        Instant.parse("2026-01-03T00:00:00Z"),
                        0,
                        seed),
                line -> {},
                () -> false);
    }
}
