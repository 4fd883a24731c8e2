package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.web.engine.EmbeddedEngine;
import io.tidemark.web.export.ExportLimits;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads of a real table from a real server, read back by DuckDB. */
@Timeout(180)
class ExportIT {
    private static final long SEED = Long.getLong("tidemark.seed", System.nanoTime());
    private static final ExportLimits LIMITS = ExportLimits.standard().withExports(20);
    private static final Instant BASE = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final HttpClient http = HttpClient.newHttpClient();
    private DuckTable table;
    private EmbeddedEngine engine;
    private Served served;

    @BeforeEach
    void makeTable() throws Exception {
        System.out.println("ExportIT: -Dtidemark.seed=" + SEED);
        table = new DuckTable(directory.resolve("table"));
    }

    private void serve(ExportLimits limits) throws Exception {
        engine = EmbeddedEngine.open(
                "events", new LocalTableFiles(table.root()), directory.resolve("state"), FakeTable.SPEC);
        served = new Served(limits, engine);
        engine.start(2, Duration.ofMillis(20));
        settle();
    }

    private void settle() throws Exception {
        Eventually.holds(
                "version " + table.version() + " is served",
                () -> engine.state()
                        .filter(state -> state.version() == table.version())
                        .isPresent());
    }

    @AfterEach
    void stop() throws Exception {
        if (served != null) {
            served.close();
            engine.close();
        }
        table.close();
    }

    private HttpRequest request(String query) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + served.port + "/api/v1/export" + query))
                .build();
    }

    private HttpResponse<Path> download(String query, String name) throws IOException, InterruptedException {
        return http.send(request(query), BodyHandlers.ofFile(directory.resolve(name)));
    }

    /** Waits until no export is going on any more, and then no version may be pinned. */
    private void nothingIsHeld() throws Exception {
        Eventually.holds("nothing is going on", () -> served.metric("tidemark_exports_running") == 0);
        assertThat(engine.queries().orElseThrow().pins()).as("pinned versions").isZero();
    }

    /** A filter as parameters, and as DuckDB's condition. */
    private record Sifting(String query, String where) {}

    private Sifting sifting() {
        StringBuilder query = new StringBuilder();
        StringBuilder where = new StringBuilder("true");
        if (random.nextInt(3) > 0) {
            Instant from = BASE.plusMillis(random.nextInt(48 * 3_600_000));
            Instant to = from.plusSeconds(random.nextInt(24 * 3600));
            query.append("&from=").append(from).append("&to=").append(to);
            where.append(" AND timestamp >= TIMESTAMPTZ '")
                    .append(from)
                    .append("' AND timestamp < TIMESTAMPTZ '")
                    .append(to)
                    .append("'");
        }
        add(query, where, "channel", "channel", "web", "", "chat");
        add(query, where, "type", "event_type", "click", "page_view");
        add(query, where, "platform", "platform", "", "no such");
        return new Sifting(query.toString(), where.toString());
    }

    private void add(StringBuilder query, StringBuilder where, String name, String column, String... values) {
        List<String> accepted = new ArrayList<>();
        for (String value : values) {
            if (random.nextInt(3) == 0) {
                query.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
                accepted.add(column + " = '" + value + "'");
            }
        }
        if (random.nextInt(4) == 0) {
            query.append("&null=").append(name);
            accepted.add(column + " IS NULL");
        }
        if (!accepted.isEmpty()) {
            where.append(" AND coalesce(").append(String.join(" OR ", accepted)).append(", false)");
        }
    }

    @Test
    void filteredExportsOfAnyVersionAreWhatDuckDbHas() throws Exception {
        for (int i = 0; i < 9; i++) {
            table.commit(200 + random.nextInt(1000), "'row ' || i || ', \"ü\"'", i > 3 && i % 2 == 0);
        }
        serve(LIMITS);
        for (int round = 0; round < 9; round++) {
            String format = List.of("csv", "ndjson", "parquet").get(round % 3);
            Sifting sifting = round < 3 ? new Sifting("", "true") : sifting();
            long version = random.nextBoolean() ? table.version() : 1 + random.nextInt((int) table.version());
            String query = "?format=" + format + sifting.query
                    + (version == table.version() ? "" : "&version=" + version)
                    + (format.equals("csv") ? "&raw=true" : "");

            HttpResponse<Path> answer = download(query, round + "." + format);

            assertThat(answer.statusCode()).as(query).isEqualTo(200);
            assertThat(answer.headers().firstValue("Tidemark-Version")).contains(Long.toString(version));
            List<String> rows = table.exported(format, answer.body());
            List<String> expected = table.rows("SELECT * FROM v" + version + " WHERE " + sifting.where);
            assertThat(rows.equals(expected))
                    .as("%s: %d rows, DuckDB has %d", query, rows.size(), expected.size())
                    .isTrue();
        }
        nothingIsHeld();
    }

    @Test
    void headersTellWhatItIsAndErrorsAreProblems() throws Exception {
        table.commit(100, "'x'", false);
        serve(LIMITS.withExports(1));

        HttpResponse<String> head = served.send("HEAD", "/api/v1/export?format=xlsx");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Type"))
                .contains("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        assertThat(head.headers().firstValue("Content-Disposition").orElseThrow())
                .matches("attachment; filename=\"events-v1-\\d{8}T\\d{6}Z\\.xlsx\"");
        assertThat(head.headers().firstValue("Tidemark-Version")).contains("1");
        assertThat(head.headers().firstValue("Tidemark-Epoch")).isPresent();
        nothingIsHeld();

        assertThat(problem("?format=pdf", 400)).isEqualTo("/problems/bad-parameter");
        assertThat(problem("?format=xlsx&raw=true", 400)).isEqualTo("/problems/bad-parameter");
        assertThat(problem("?fromat=csv", 400)).isEqualTo("/problems/unknown-parameter");
        assertThat(problem("?from=yesterday", 400)).isEqualTo("/problems/bad-filter");
        Files.delete(table.files().get(0));
        assertThat(problem("", 409)).isEqualTo("/problems/cannot-scan");
    }

    private String problem(String query, int status) throws IOException {
        HttpResponse<String> answer = served.get("/api/v1/export" + query);
        assertThat(answer.statusCode()).as(query).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        return new JsonObject(answer.body()).getString("type");
    }

    @Test
    void twentyAtOnceAreEachOfOneVersionWhileCommitsArrive() throws Exception {
        for (int i = 0; i < 6; i++) {
            table.commit(800, "'row ' || i", false);
        }
        serve(LIMITS);
        List<CompletableFuture<HttpResponse<Path>>> downloads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String format = List.of("csv", "ndjson", "xlsx", "parquet").get(i % 4);
            downloads.add(http.sendAsync(
                    request("?format=" + format), BodyHandlers.ofFile(directory.resolve(i + "." + format))));
            if (i % 5 == 4) {
                table.commit(500, "'later ' || i", i % 2 == 0);
            }
        }
        for (int i = 0; i < 20; i++) {
            HttpResponse<Path> answer = downloads.get(i).get();
            assertThat(answer.statusCode()).isEqualTo(200);
            String version = answer.headers().firstValue("Tidemark-Version").orElseThrow();
            String format = answer.body().toString().replaceAll(".*\\.", "");
            if (!format.equals("xlsx")) {
                assertThat(table.exported(format, answer.body())).isEqualTo(table.rows("SELECT * FROM v" + version));
            }
        }
        nothingIsHeld();
    }

    /** An export of some 36 MB whose client reads only the first bytes. */
    private Socket begin(int bytes) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", served.port));
        socket.getOutputStream()
                .write("GET /api/v1/export HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        assertThat(new String(in.readNBytes(bytes), StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200");
        return socket;
    }

    private void makeLarge() throws Exception {
        for (int i = 0; i < 4; i++) {
            table.commit(30_000, "repeat('x', 200 + (i % 100)::INTEGER)", false);
        }
    }

    @Test
    void aClientThatStopsReadingPausesTheScan() throws Exception {
        makeLarge();
        serve(LIMITS.withExports(1));
        try (Socket stuck = begin(1000)) {
            assertThat(stuck.isConnected()).isTrue();
            assertThat(engine.queries().orElseThrow().pins()).isEqualTo(1);
            double ahead = 0;
            double sent = 0;
            double before;
            // Until nothing moves any more.
            do {
                before = sent + ahead;
                Thread.sleep(300);
                ahead = served.metric("tidemark_exports_bytes_ahead");
                sent = served.metric("tidemark_exports_bytes_sent_total");
            } while (sent + ahead > before);

            System.out.printf("ExportIT: stuck after %,.0f bytes sent, with %,.0f waiting%n", sent, ahead);
            assertThat(ahead).isLessThanOrEqualTo(LIMITS.aheadBytes() + 4.0 * LIMITS.chunkBytes());
            assertThat(sent).as("sent: what kernels buffer, and a window").isLessThan(16 << 20);
            HttpResponse<String> refused = served.get("/api/v1/export");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        }
        nothingIsHeld();
        assertThat(served.get("/api/v1/export?channel=none").statusCode()).isEqualTo(200);
    }

    @Test
    void aClientThatTakesNothingForTooLongIsCutOff() throws Exception {
        makeLarge();
        serve(LIMITS.withExports(1).withStall(Duration.ofSeconds(2)));
        try (Socket stuck = begin(1000)) {
            nothingIsHeld();
            assertThatThrownBy(() -> stuck.getInputStream().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anExportEndsWhenItsClientGoes() throws Exception {
        makeLarge();
        serve(LIMITS);
        for (int i = 0; i < 5; i++) {
            begin(1000 + random.nextInt(100_000)).close();
        }

        nothingIsHeld();
        assertThat(served.metric("tidemark_exports_bytes_ahead")).isZero();
    }

    @Test
    void aFailureMidwayBreaksTheTransfer() throws Exception {
        makeLarge();
        serve(LIMITS);
        List<Path> files = table.files();
        Files.delete(files.get(files.size() - 1));

        for (String format : List.of("csv", "ndjson")) {
            assertThatThrownBy(() -> download("?format=" + format, "broken")).isInstanceOf(IOException.class);
        }
        nothingIsHeld();
    }
}
