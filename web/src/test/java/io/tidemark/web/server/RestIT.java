package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.tail.TailState;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.quality.Finding;
import io.tidemark.views.quality.FindingKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestIT {
    private final FakeTable table = FakeTable.create();
    private Served served;

    @BeforeEach
    void serve() throws IOException {
        served = new Served(table);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private void fill() {
        table.add(
                table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"),
                table.file(Rows.HOUR + 1, 3, "mobile", "message", "", null));
        table.add(
                table.file(Rows.HOUR + 25, 2, null, "page_view", "ios", "a"),
                table.file(HourBlock.NO_TIME, 4, "", "page_view", null, "b"));
    }

    @Test
    void aPageHasEveryViewOfOneVersion() throws IOException {
        fill();

        HttpResponse<String> page = served.get("/api/v1/views");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(page.headers().firstValue("Tidemark-Version")).hasValue("1");
        assertThat(page.headers().firstValue("Tidemark-Epoch")).hasValue("epoch-1");
        assertThat(new JsonObject(page.body())).isEqualTo(new JsonObject("""
                        {"version":1,"epoch":"epoch-1","committedAt":"2026-01-01T12:00:01Z",
                         "appliedAt":"2026-01-01T12:00:01.012Z","source":"cube",
                         "totals":{"events":14,"noTime":4,"sessions":7,
                                   "values":{"channel":3,"type":2,"platform":2,"category":2}},
                         "hourly":[{"hour":"2026-01-01T00:00:00Z","count":5},{"hour":"2026-01-01T01:00:00Z","count":3},
                                   {"hour":"2026-01-02T01:00:00Z","count":2}],
                         "channel":[{"value":"web","count":5},{"value":"","count":4},{"value":"mobile","count":3},
                                    {"value":null,"count":2}],
                         "type":[{"value":"page_view","count":11},{"value":"message","count":3}],
                         "platform":[{"value":"ios","count":7},{"value":null,"count":4},{"value":"","count":3}],
                         "category":[{"value":"a","count":7},{"value":"b","count":4},{"value":null,"count":3}],
                         "heatmap":[{"channel":"web","type":"page_view","count":5},{"channel":"","type":"page_view","count":4},
                                    {"channel":"mobile","type":"message","count":3},
                                    {"channel":null,"type":"page_view","count":2}]}
                        """));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    channel=web                                   | 5
                    channel=web&channel=mobile                    | 8
                    channel=                                      | 4
                    null=channel                                  | 2
                    null=channel&channel=web                      | 7
                    channel=web&type=message                      | 0
                    platform=ios&null=category                    | 0
                    from=2026-01-01&to=2026-01-01                 | 8
                    from=2026-01-01T01:00:00Z                     | 5
                    to=2026-01-01T01:00:00Z                       | 5
                    from=2026-01-01T02:00:00%2B01:00&to=2026-01-02 | 5
                    from=2026-01-01T01:00:00Z&to=2026-01-01T01:00:00Z | 0
                    """)
    void filtersSelectRows(String query, long events) throws IOException {
        fill();

        JsonObject totals = served.json("/api/v1/views?" + query).getJsonObject("totals");

        assertThat(totals.getLong("events")).isEqualTo(events);
        assertThat(totals.containsKey("sessions")).isTrue();
        assertThat(totals.getValue("sessions")).isNull();
    }

    @Test
    void oneViewCanBeCutToItsLargestGroupsWithTheRestSummed() throws IOException {
        fill();

        JsonObject view = served.json("/api/v1/views/channel?limit=2");

        assertThat(view.getJsonArray("channel"))
                .isEqualTo(new JsonArray("[{\"value\":\"web\",\"count\":5},{\"value\":\"\",\"count\":4}]"));
        assertThat(view.getLong("other")).isEqualTo(5);
        assertThat(view.getLong("version")).isEqualTo(1);
        assertThat(view.fieldNames()).doesNotContain("type", "totals");
        assertThat(served.json("/api/v1/views/heatmap?limit=1").getLong("other"))
                .isEqualTo(9);
        assertThat(served.json("/api/v1/views/hourly?limit=1").getLong("other")).isEqualTo(8);
        assertThat(served.json("/api/v1/views/type").containsKey("other")).isFalse();
    }

    @Test
    void anAnswerThatIsKnownIsNotSentAgain() throws IOException {
        fill();
        String tag = served.get("/api/v1/views").headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = served.get("/api/v1/views", "If-None-Match", "\"other\", W/" + tag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).hasValue(tag);
        assertThat(again.headers().firstValue("Tidemark-Version")).hasValue("1");
        assertThat(served.get("/api/v1/views?channel=web", "If-None-Match", tag).statusCode())
                .as("another filter is another answer")
                .isEqualTo(200);
        table.add(table.file(Rows.HOUR, 1, "web", "page_view", "ios", "a"));
        assertThat(served.get("/api/v1/views", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aStatusIsNotSentAgainWhileNothingButClocksMoved() throws IOException {
        fill();
        HttpResponse<String> first = served.get("/api/v1/status");
        String tag = first.headers().firstValue("ETag").orElseThrow();

        assertThat(served.get("/api/v1/status", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        table.add(table.file(Rows.HOUR, 1, "web", "page_view", "ios", "a"));
        assertThat(served.get("/api/v1/status", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
    }

    @Test
    void beforeAFirstVersionClientsAreToldToComeBack() throws IOException {
        for (String path : List.of("/api/v1/views", "/api/v1/views/channel", "/api/v1/schema", "/readyz")) {
            HttpResponse<String> answer = served.get(path);
            assertProblem(answer, 503, "not-ready");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
        assertThat(served.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(served.json("/api/v1/status").getString("state")).isEqualTo("waiting");
        fill();
        assertThat(served.get("/readyz").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /api/v1/views?colour=red              | 400 | unknown-parameter
                    /api/v1/views?from=yesterday          | 400 | bad-filter
                    /api/v1/views?from=2026-01-02&to=2025-12-31 | 400 | bad-filter
                    /api/v1/views?from=2026-01-02&to=2026-01-01 | 400 | bad-filter
                    /api/v1/views?null=colour             | 400 | bad-filter
                    /api/v1/views?channel=%ff             | 400 | bad-parameter
                    /api/v1/views/%c3                     | 400 | bad-request
                    /api/v1/views?from=2026-01-01&from=2026-01-02 | 400 | bad-filter
                    /api/v1/views?limit=3                 | 400 | unknown-parameter
                    /api/v1/views?channel=%25zz           | 200 |
                    /api/v1/views/channel?limit=0         | 400 | bad-parameter
                    /api/v1/views/channel?limit=many      | 400 | bad-parameter
                    /api/v1/views/colour                  | 404 | unknown-view
                    /api/v1/views?from=2026-01-01T00:30:00Z | 501 | needs-scan
                    /api/v1/views?channel=web&sessions=exact | 501 | needs-scan
                    /api/v1/views?sessions=exact          | 200 |
                    /api/v1/commits?since=1               | 400 | unknown-parameter
                    /api/v1/schema?x=1                    | 400 | unknown-parameter
                    /api/v1/status?x=1                    | 400 | unknown-parameter
                    /api/v1/events                        | 501 | not-implemented
                    /api/v1/export?format=csv             | 501 | not-implemented
                    /api/v1/views?version=-1              | 400 | bad-parameter
                    /api/v1/stream?views=none             | 400 | bad-views
                    /api/v1/commits?before=x              | 400 | bad-parameter
                    /api/v1/nothing                       | 404 | not-found
                    /no/such/page.html                    | 404 | not-found
                    """)
    void whatCannotBeAnsweredIsAProblem(String path, int status, String code) throws IOException {
        fill();

        HttpResponse<String> answer = served.get(path);

        if (status == 200) {
            assertThat(answer.statusCode()).isEqualTo(200);
        } else {
            assertProblem(answer, status, code);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void otherMethodsAreRefusedWithThoseThatAreAllowed(String method) throws IOException {
        fill();

        HttpResponse<String> answer = served.send(method, "/api/v1/views");

        assertProblem(answer, 405, "method-not-allowed");
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void headAnswersLikeGetWithoutABody() throws IOException {
        fill();

        HttpResponse<String> head = served.send("HEAD", "/api/v1/views");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("ETag")).isPresent();
    }

    @Test
    void aColumnThatTheTableNeverHadIsLeftOutAndNamed() throws IOException {
        table.columns("timestamp", "channel", "platform", "event_category", "session_id");
        fill();

        JsonObject page = served.json("/api/v1/views");

        assertThat(page.fieldNames())
                .contains("channel", "platform", "category")
                .doesNotContain("type", "heatmap");
        assertThat(page.getJsonObject("totals").getJsonObject("values").fieldNames())
                .doesNotContain("type");
        assertProblem(served.get("/api/v1/views/type"), 404, "unknown-view");
        assertThat(served.json("/api/v1/schema").getJsonArray("dimensions")).hasSize(3);
        assertThat(served.json("/api/v1/status").getJsonArray("warnings").getString(0))
                .contains("'event_type'")
                .contains("timestamp, channel, platform, event_category, session_id");
    }

    @Test
    void theSchemaNamesColumnsDimensionsAndTheirValues() throws IOException {
        fill();

        JsonObject schema = served.json("/api/v1/schema");

        assertThat(schema.getLong("version")).isEqualTo(1);
        assertThat(schema.getJsonArray("columns").getJsonObject(2))
                .isEqualTo(new JsonObject(
                        "{\"name\":\"event_type\",\"type\":\"string\",\"partition\":false,\"dimension\":\"type\"}"));
        assertThat(schema.getJsonArray("dimensions").getJsonObject(0))
                .isEqualTo(new JsonObject(
                        "{\"name\":\"channel\",\"column\":\"channel\",\"values\":[\"web\",\"\",\"mobile\",null]}"));
    }

    @Test
    void theStatusSaysWhyTheTableIsStale() throws IOException {
        fill();
        table.status(TailState.STALE, "[s3://bucket/events@2] Reader feature 'x' is not supported.");

        JsonObject status = served.json("/api/v1/status");

        assertThat(status.getString("state")).isEqualTo("stale");
        assertThat(status.getString("reason")).contains("Reader feature 'x'");
        assertThat(status.getJsonObject("table").getLong("rows")).isEqualTo(14);
        assertThat(status.getJsonObject("table").getString("uri")).isEqualTo("s3://bucket/events");
        assertThat(status.getLong("version")).isEqualTo(1);
        assertThat(status.getLong("lag")).isZero();
        assertThat(status.getDouble("freshnessSeconds")).isNotNegative();
        assertThat(served.get("/readyz").statusCode())
                .as("the last good version stays served")
                .isEqualTo(200);
    }

    @Test
    void findingsAreInTheStatusAndCountedInTheMetrics() throws IOException {
        fill();
        assertThat(served.json("/api/v1/status").getJsonArray("findings")).isEmpty();

        Instant now = Instant.now();
        table.findings().report(Finding.now(FindingKind.NULL_TIMES, "", 1, now, 7, "7 rows have no 'ts'."));
        table.findings()
                .report(Finding.now(
                        FindingKind.COLUMNS_APPEARED,
                        "a\u0000</script>",
                        0,
                        now.minusSeconds(60),
                        2,
                        "Two \u202ecolumns."));

        JsonObject lasting =
                served.json("/api/v1/status").getJsonArray("findings").getJsonObject(0);
        assertThat(lasting)
                .isEqualTo(new JsonObject()
                        .put("kind", "null-times")
                        .put("severity", "warning")
                        .put("subject", null)
                        .put("since", 1)
                        .put("version", 1)
                        .put("at", now.toString())
                        .put("count", 7)
                        .put("message", "7 rows have no 'ts'."));
        JsonObject passed =
                served.json("/api/v1/status").getJsonArray("findings").getJsonObject(1);
        assertThat(passed.getString("severity")).isEqualTo("notice");
        assertThat(passed.getString("subject")).isEqualTo("a\ufffd</script>");
        assertThat(passed.getString("message")).isEqualTo("Two \ufffdcolumns.");
        assertThat(served.get("/metrics").body())
                .contains(
                        "tidemark_quality_findings_total{kind=\"null-times\",table=\"events\"} 1.0",
                        "tidemark_quality_findings_total{kind=\"columns-appeared\",table=\"events\"} 2.0");
    }

    @Test
    void metricsHaveTheNamesOfTheContract() throws IOException {
        fill();

        assertThat(served.get("/metrics").body())
                .contains("tidemark_applied_version{table=\"events\"} 1.0")
                .contains(
                        "tidemark_log_version{",
                        "tidemark_freshness_seconds{",
                        "tidemark_commit_apply_seconds_count{",
                        "tidemark_commit_apply_seconds_sum{",
                        "tidemark_rows_applied_total{",
                        "tidemark_files_scanned_total{",
                        "tidemark_scan_seconds_count{",
                        "tidemark_subscribers{",
                        "tidemark_updates_merged_total{",
                        "tidemark_store_bytes{",
                        "tidemark_store_free_bytes{",
                        "tidemark_store_memory_bytes{part=\"cache\",",
                        "tidemark_store_memory_limit_bytes{",
                        "tidemark_connections 1.0",
                        "tidemark_connections_limit ",
                        "tidemark_requests_in_flight 0.0",
                        "tidemark_requests_in_flight_limit 2000.0",
                        "tidemark_unsent_bytes ",
                        "tidemark_unsent_limit_bytes ",
                        "tidemark_direct_memory_bytes ",
                        "tidemark_direct_memory_limit_bytes ",
                        "tidemark_requests_refused_total{reason=\"slow\"} 0.0",
                        "tidemark_quality_findings_total{kind=\"null-times\",table=\"events\"} 0.0",
                        "tidemark_log_unknown_actions_total{table=\"events\"} 4.0",
                        "tidemark_log_removes_without_effect_total{table=\"events\"} 5.0",
                        "tidemark_log_adds_without_effect_total{table=\"events\"} 6.0")
                .contains("tidemark_tailer_state{state=\"live\",table=\"events\"} 1.0");
    }

    @Test
    void everyAnswerTellsBrowsersToTrustNothingElse() throws IOException {
        for (String path : List.of("/", "/api/v1/views", "/no/such", "/healthz")) {
            HttpResponse<String> answer = served.get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("default-src 'self'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        }
    }

    @Test
    void thePageAndItsLibrariesComeFromTheJar() throws IOException {
        for (String path : List.of(
                "/", "/vendor/chart.umd.js", "/vendor/sockjs.min.js", "/t/events/", "/t/events/vendor/chart.umd.js")) {
            HttpResponse<String> file = served.get(path);
            assertThat(file.statusCode()).as(path).isEqualTo(200);
            String tag = file.headers().firstValue("ETag").orElseThrow();
            assertThat(served.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
        }
        for (String path : List.of(
                "/..%2fapplication",
                "/%2e%2e/io/tidemark/Main.class",
                "/../io/tidemark/Main.class",
                "/io/tidemark/Main.class",
                "/js",
                "/.git")) {
            assertProblem(served.get(path), 404, "not-found");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/views/%zz",
                "/api/v1/views/channel?channel=%",
                "/api/v1/views/channel?channel=%f",
                "/api/v1/views?channel=%-1",
                "/%",
                "/caf\u00e9"
            })
    void anAddressThatCanBeReadInTwoWaysIsRefused(String path) throws IOException {
        fill();
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
    }

    @Test
    void whatTheSocketsPathsCannotAnswerIsAProblemToo() throws IOException {
        String head =
                "GET /live/websocket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n";

        assertProblem(served.send("POST", "/live/websocket"), 405, "method-not-allowed");
        assertProblem(served.get("/live/websocket"), 426, "upgrade-required");
        assertThat(raw(head + "Sec-WebSocket-Version: 13\r\n\r\n"))
                .as("without a key")
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json");
        assertThat(raw(head + "Sec-WebSocket-Version: 8\r\n\r\n"))
                .startsWith("HTTP/1.1 426 ")
                .contains("application/problem+json");
        assertThat(served.get("/live").body()).isEqualTo("Welcome to SockJS!\n");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", served.port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return answer(socket.getInputStream());
        }
    }

    /** One answer, without waiting for the end of the connection, which a refused upgrade leaves to its time-out. */
    private static String answer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        Matcher length = Pattern.compile("(?i)content-length: *([0-9]+)").matcher(head);
        byte[] body = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : in.readAllBytes();
        return head + new String(body, StandardCharsets.UTF_8);
    }

    @Test
    void tooLongLinesAndHeadersAreProblems() throws IOException {
        fill();

        assertProblem(served.get("/api/v1/views?channel=" + "x".repeat(40_000)), 414, "uri-too-long");
        assertProblem(served.get("/api/v1/views", "X-Long", "x".repeat(40_000)), 431, "headers-too-large");
    }

    static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonObject problem = new JsonObject(answer.body());
        assertThat(problem.getString("type")).isEqualTo("/problems/" + code);
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getString("detail")).isNotBlank();
        assertThat(answer.body()).doesNotContain("io.tidemark", "java.", "Exception");
    }
}
