package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bad input and bad moments, as a user meets them. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ServeIT {
    @TempDir
    Path dir;

    @Test
    void aTableThatIsNotThereYetIsWaitedForAndServedWhenItComes() throws Exception {
        try (TidemarkProcess service = TidemarkProcess.serve(table(), state(), "--poll-interval", "100ms")) {
            service.await("waits", () -> state(service).equals("waiting"));

            try (TidemarkProcess generate = TidemarkProcess.start(
                    "generate", "--table", table().toString(), "--rows", "5000", "--rows-per-commit", "1000")) {
                assertThat(generate.exitCode()).as("%s", generate.stderr()).isZero();
            }
            service.await("serves version 4", () -> service.version() == 4);

            assertThat(service.get("api/v1/views").at("/totals/events").asLong())
                    .isEqualTo(5_000);
            try (TidemarkProcess verify = TidemarkProcess.start(
                    "verify",
                    "--table",
                    table().toString(),
                    "--url",
                    service.address().toString())) {
                assertThat(verify.exitCode())
                        .as("%s %s", verify.stdout(), verify.stderr())
                        .isZero();
            }
        }
    }

    @Test
    void aFolderThatIsNoTableStaysWaitedForAndSaysSo() throws Exception {
        Files.createDirectories(table());
        Files.writeString(table().resolve("readme.txt"), "not a table");
        try (TidemarkProcess service = TidemarkProcess.serve(table(), state(), "--poll-interval", "100ms")) {
            service.await(
                    "says why it waits",
                    () -> service.status().path("reason").asText().contains("no _delta_log"));

            assertThat(state(service)).isEqualTo("waiting");
            assertThat(service.get("api/v1/views").path("status").asInt()).isEqualTo(503);
        }
    }

    @Test
    void columnsThatTheTableLacksAreNamedInTheWarnings() throws Exception {
        table(1, 100);
        try (TidemarkProcess service =
                TidemarkProcess.serve(table(), state(), "--dimensions", "channel,shop=shop_id")) {
            service.await("serves", () -> service.version() >= 0);

            JsonNode warnings = service.status().path("warnings");
            assertThat(warnings.toString()).contains("shop_id").contains("event_type");
        }
    }

    @Test
    void anUnsupportedReaderFeatureStopsItWithTheFeaturesName() throws Exception {
        table(2, 100);
        try (TidemarkProcess service = TidemarkProcess.serve(table(), state(), "--poll-interval", "100ms")) {
            service.await("serves version 1", () -> service.version() == 1);

            commit(
                    2,
                    "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"fromTheFuture\"],"
                            + "\"writerFeatures\":[\"fromTheFuture\"]}}\n");
            service.await("is stale", () -> state(service).equals("stale"));

            assertThat(service.status().path("reason").asText()).contains("fromTheFuture");
            assertThat(service.version()).isEqualTo(1);
            assertThat(service.get("api/v1/views").at("/totals/events").asLong())
                    .isEqualTo(200);
        }
    }

    @Test
    void aTornCommitIsAppliedOnceWhenItIsComplete() throws Exception {
        table(2, 100);
        Path commit = log(2);
        Path whole = dir.resolve("whole.json");
        table(3, 100, whole);
        byte[] bytes = Files.readAllBytes(whole);
        try (TidemarkProcess service = TidemarkProcess.serve(table(), state(), "--poll-interval", "50ms")) {
            service.await("serves version 1", () -> service.version() == 1);

            Files.write(commit, java.util.Arrays.copyOf(bytes, bytes.length / 2));
            service.await(
                    "has looked at it",
                    () -> service.status().path("logVersion").asLong() >= 1);
            assertThat(service.version()).isEqualTo(1);
            Files.write(commit, bytes);

            service.await("serves version 2", () -> service.version() == 2);
            assertThat(service.get("api/v1/views").at("/totals/events").asLong())
                    .isEqualTo(300);
        }
    }

    @Test
    void aPortInUseIsSaidInOneLine() throws Exception {
        table(1, 10);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TidemarkProcess service = TidemarkProcess.start(
                        "serve",
                        "--table",
                        table().toString(),
                        "--state-dir",
                        state().toString(),
                        "--port",
                        Integer.toString(taken.getLocalPort()))) {
            refused(service, "in use", "--port");
        }
    }

    @Test
    void theStateOfAnotherTableIsRefusedInOneLine() throws Exception {
        table(1, 10);
        try (TidemarkProcess service = TidemarkProcess.serve(table(), state())) {
            service.await("serves", () -> service.version() >= 0);
            service.stop();
        }
        try (TidemarkProcess other = TidemarkProcess.serve(dir.resolve("other"), state())) {
            refused(other, "state", "--state-dir");
        }
    }

    @Test
    void aSecondProcessOnTheSameStateIsToldSo() throws Exception {
        table(1, 10);
        try (TidemarkProcess first = TidemarkProcess.serve(table(), state())) {
            first.address();
            try (TidemarkProcess second = TidemarkProcess.serve(table(), state())) {
                refused(second, "in use", "--state-dir");
            }
        }
    }

    @Test
    void verifyFindsWhatWasChangedBehindTheService() throws Exception {
        table(1, 500);
        try (TidemarkProcess service = TidemarkProcess.serve(table(), state())) {
            service.await("serves", () -> service.version() >= 0);
            service.stop();
        }
        Path other = dir.resolve("fewer");
        try (ChangingTable fewer = new ChangingTable(other, 9)) {
            fewer.append(100);
        }
        // The file that the log names now holds other rows.
        Files.move(dataFile(other), dataFile(table()), StandardCopyOption.REPLACE_EXISTING);

        try (TidemarkProcess verify =
                TidemarkProcess.start("verify", "--table", table().toString(), "--state-dir", state().toString())) {
            assertThat(verify.exitCode()).as("%s", verify.stderr()).isEqualTo(1);
            assertThat(verify.stdout())
                    .contains("totals \"events\": served 500, counted 100")
                    .anyMatch(line -> line.startsWith("DIFFERENT at version 0"));
        }
    }

    private static void refused(TidemarkProcess process, String... words) {
        assertThat(process.exitCode()).as("%s", process.stderr()).isEqualTo(2);
        assertThat(process.stderr()).hasSize(1);
        assertThat(process.stderr().get(0)).contains(words);
    }

    private Path table() {
        return dir.resolve("table");
    }

    private Path state() {
        return dir.resolve("state");
    }

    private static String state(TidemarkProcess service) {
        return service.status().path("state").asText();
    }

    private void table(int commits, long rows) throws Exception {
        try (ChangingTable writer = new ChangingTable(table(), 5)) {
            for (int i = 0; i < commits; i++) {
                writer.append(rows);
            }
        }
    }

    /** Makes one more commit than there are, and takes its commit file away again. */
    private void table(int version, long rows, Path commit) throws Exception {
        table(1, rows);
        Files.move(log(version - 1), commit);
    }

    private Path log(long version) {
        return table().resolve("_delta_log").resolve(String.format("%020d.json", version));
    }

    private void commit(long version, String text) throws Exception {
        Path draft = dir.resolve("draft.json");
        Files.writeString(draft, text);
        Files.move(draft, log(version), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path dataFile(Path table) throws Exception {
        try (var files = Files.list(table)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
