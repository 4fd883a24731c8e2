package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.ingest.files.ObjectStoreSettings;
import io.tidemark.ingest.generate.Generate;
import io.tidemark.ingest.generate.GenerateOptions;
import io.tidemark.s3.S3Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar on a table in an object store, set up by the environment that delta-rs has. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectStoreIT {
    private static final Instant END = Instant.parse("2026-01-03T00:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path dir;

    private S3Server server;
    private String table;

    @BeforeAll
    void start(@TempDir Path objects) throws Exception {
        server = new S3Server(objects);
        table = "s3://" + server.bucket() + "/delta/events";
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aTableIsWrittenFollowedVerifiedAndExported() throws Exception {
        generate(table.replace("s3:", "s3a:"), 2_000, 500);
        Path state = dir.resolve("state");
        try (TidemarkProcess service = serve(server.environment(), table, state, "--cache-dir", dir + "/cache")) {
            service.await("serves version 3", () -> service.version() == 3);
            assertThat(events(service)).isEqualTo(2_000);

            BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
            WebSocket socket = subscribe(service, messages);
            assertThat(next(messages, "snapshot").at("/views/totals/events").asLong())
                    .isEqualTo(2_000);
            write(table, 700);
            JsonNode update = next(messages, "update");
            assertThat(update.get("version").asLong()).isEqualTo(4);
            assertThat(update.at("/views/totals/events").asLong()).isEqualTo(2_700);
            socket.abort();

            verify(service);
            for (int i = 0; i < 2; i++) {
                assertThat(service.get("api/v1/events?limit=10").get("events")).hasSize(10);
                assertThat(service.text("api/v1/export?format=ndjson").lines()).hasSize(2_700);
            }
            String metrics = service.text("metrics");
            assertThat(metrics).contains("tidemark_object_store_requests_total{");
            assertThat(Metrics.sum(metrics, "tidemark_cache_blocks_total{from=\"cache\"}"))
                    .as("the second export reads from the cache")
                    .isGreaterThan(4);
            assertNoSecret(service);
            service.stop();
        }
        // By its other name it is the same table, whose state is taken up.
        try (TidemarkProcess service = serve(server.environment(), table.replace("s3:", "s3a:"), state)) {
            service.await(
                    "is live", () -> service.status().path("state").asText().equals("live"));
            assertThat(service.version()).isEqualTo(4);
            assertThat(service.status().at("/table/uri").asText()).isEqualTo(table);
        }
    }

    @Test
    void aNotificationWakesTheTailer() throws Exception {
        String notified = table + "-notified";
        write(notified, 100);
        try (TidemarkProcess service =
                serve(server.environment(), notified, dir.resolve("notified"), "--poll-interval", "1h")) {
            service.await(
                    "is live", () -> service.status().path("state").asText().equals("live"));
            write(notified, 50);
            notified(service, "delta/events-notified/part-0.parquet");
            assertThat(service.version()).as("a data file is no commit").isZero();

            notified(service, "delta/events-notified/_delta_log/00000000000000000001.json");
            service.await("serves version 1", () -> service.version() == 1);
            assertThat(events(service)).isEqualTo(150);
        }
    }

    private void notified(TidemarkProcess service, String key) throws Exception {
        String event = "{\"EventName\":\"s3:ObjectCreated:Put\",\"Key\":\"" + server.bucket() + "/" + key
                + "\",\"Records\":[{\"eventSource\":\"minio:s3\",\"s3\":{\"bucket\":{\"name\":\"" + server.bucket()
                + "\"},\"object\":{\"key\":\"" + key.replace("/", "%2F") + "\"}}}]}";
        HttpRequest request = HttpRequest.newBuilder(service.address().resolve("api/v1/notify"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void plainHttpThatIsNotAllowedIsRefusedInOneLine() throws Exception {
        Map<String, String> environment = new TreeMap<>(server.environment());
        environment.put("AWS_ALLOW_HTTP", "false");
        try (TidemarkProcess service = serve(environment, table, dir.resolve("refused"))) {
            assertThat(service.exitCode()).as("%s", service.stderr()).isEqualTo(2);
            assertThat(service.stderr()).hasSize(1).first().asString().contains("AWS_ALLOW_HTTP=true");
        }
    }

    @Test
    void wrongCredentialsAreTheReasonThatIsTold() throws Exception {
        Map<String, String> environment = new TreeMap<>(server.environment());
        environment.put("AWS_SECRET_ACCESS_KEY", "another-credential-91bd");
        try (TidemarkProcess service = serve(environment, table, dir.resolve("wrong"))) {
            service.await(
                    "is stale", () -> service.status().path("state").asText().equals("stale"));

            assertThat(service.status().path("reason").asText())
                    .contains("secret key")
                    .contains("403");
            assertThat(String.join("\n", service.stderr())).doesNotContain("another-credential-91bd");
            assertNoSecret(service);
        }
    }

    private static void assertNoSecret(TidemarkProcess service) {
        assertThat(String.join("\n", service.stderr())
                        + String.join("\n", service.stdout())
                        + service.status()
                        + service.text("metrics"))
                .doesNotContain(S3Server.SECRET)
                .doesNotContain(S3Server.KEY);
    }

    private TidemarkProcess serve(Map<String, String> environment, String table, Path state, String... more)
            throws Exception {
        String[] arguments = new String[more.length + 7];
        System.arraycopy(
                new String[] {"serve", "--table", table, "--state-dir", state.toString(), "--port", "0"},
                0,
                arguments,
                0,
                7);
        System.arraycopy(more, 0, arguments, 7, more.length);
        return TidemarkProcess.start(environment, arguments);
    }

    private void generate(String table, long rows, long rowsPerCommit) throws Exception {
        try (TidemarkProcess generate = TidemarkProcess.start(
                server.environment(),
                "generate",
                "--table",
                table,
                "--rows",
                Long.toString(rows),
                "--rows-per-commit",
                Long.toString(rowsPerCommit))) {
            assertThat(generate.exitCode()).as("%s", generate.stderr()).isZero();
        }
    }

    /** One more commit, without a process of its own. */
    private void write(String to, long rows) throws Exception {
        Generate.run(
                new GenerateOptions(
                        to, ObjectStoreSettings.configuration(server.environment()), rows, rows, 0, 48, END, 0, rows),
                line -> {},
                () -> false);
    }

    private void verify(TidemarkProcess service) throws Exception {
        try (TidemarkProcess verify = TidemarkProcess.start(
                server.environment(),
                "verify",
                "--table",
                table,
                "--url",
                service.address().toString())) {
            assertThat(verify.exitCode())
                    .as("%s %s", verify.stdout(), verify.stderr())
                    .isZero();
        }
    }

    private static long events(TidemarkProcess service) {
        return service.get("api/v1/views").at("/totals/events").asLong();
    }

    private static WebSocket subscribe(TidemarkProcess service, BlockingQueue<JsonNode> messages) {
        URI address = URI.create(service.address().toString().replaceFirst("http", "ws") + "live/websocket");
        WebSocket.Listener listener = new WebSocket.Listener() {
            private final StringBuilder text = new StringBuilder();

            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
                text.append(part);
                if (last) {
                    try {
                        messages.add(JSON.readTree(text.toString()));
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                    text.setLength(0);
                }
                socket.request(1);
                return null;
            }
        };
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, listener)
                .join();
        socket.sendText("{\"op\":\"subscribe\",\"id\":\"main\",\"views\":[\"totals\"]}", true)
                .join();
        return socket;
    }

    private static JsonNode next(BlockingQueue<JsonNode> messages, String op) throws InterruptedException {
        while (true) {
            JsonNode message = messages.poll(60, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("No " + op + " for a minute");
            }
            if (message.path("op").asText().equals(op)) {
                return message;
            }
        }
    }
}
