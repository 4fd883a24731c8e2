package io.tidemark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.process.TidemarkProcess;
import io.tidemark.s3.Fault;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A log that is too long for one page of a listing, whose second page stops midway: and then somebody dies. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@InTheProfile
class KilledWhileListingIT {
    /** A page has 1,000 objects. */
    private static final int OBJECTS = 1_020;

    private static final int ROWS = 300;
    private static final int COMMITS = 3;

    @TempDir
    Path dir;

    private StoredTable table;

    @BeforeEach
    void aLongLog() throws Exception {
        table = new StoredTable(dir.resolve("s3"), "long");
        for (int i = 0; i < COMMITS; i++) {
            table.append(ROWS);
        }
        // Some writers leave a checksum beside each commit; those of the versions before a clean-up may stay.
        try (S3Client client = table.server.client()) {
            for (int i = 0; i < OBJECTS; i++) {
                String key = "long/_delta_log/%020d.%04d.crc".formatted(0, i);
                client.putObject(
                        request -> request.bucket(table.server.bucket()).key(key), RequestBody.fromString("{}"));
            }
        }
        table.proxy.strike(new Fault.Stalled(), KilledWhileListingIT::isSecondPage);
    }

    @AfterEach
    void close() throws Exception {
        table.close();
    }

    private static boolean isSecondPage(String path) {
        return path.contains("continuation-token");
    }

    private void awaitSecondPage(TidemarkProcess process) {
        process.await(
                "lists the second page",
                () -> table.proxy.take().stream().anyMatch(exchange -> isSecondPage(exchange.path())));
        assertThat(process.version()).as("nothing is served of half a listing").isEqualTo(-1);
    }

    @Test
    void theServiceIsKilledAndStartedAgain() throws Exception {
        Path state = dir.resolve("state");
        try (TidemarkProcess process = table.serve(state)) {
            awaitSecondPage(process);
            process.kill();
        }
        table.proxy.strike(new Fault.None());
        try (TidemarkProcess process = table.serve(state)) {
            awaitWhole(process);
        }
    }

    @Test
    void theStoreIsKilledAndStartedAgain() throws Exception {
        try (TidemarkProcess process = table.serve(dir.resolve("state"))) {
            awaitSecondPage(process);
            table.server.kill();
            table.proxy.strike(new Fault.None());
            process.await("notices", () -> !process.status().path("reason").isMissingNode());
            table.server.start();
            awaitWhole(process);
        }
    }

    private void awaitWhole(TidemarkProcess process) {
        process.await("serves the newest version", () -> process.version() == COMMITS - 1);
        assertThat(process.get("api/v1/views").at("/totals/events").asLong()).isEqualTo((long) COMMITS * ROWS);
        assertThat(table.verify(process)).contains("EQUAL at version " + (COMMITS - 1));
    }
}
