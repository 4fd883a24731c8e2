package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.generate.Generate;
import io.tidemark.ingest.generate.GenerateOptions;
import io.tidemark.ingest.tail.TailState;
import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.web.engine.EmbeddedEngine;
import io.tidemark.web.engine.TableListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The OpenAPI document is true: of a real server over a real table. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractIT {
    /** What is served besides: the page and what browsers load, and SockJS, which is a protocol of its own. */
    private static final Set<String> NOT_REST = Set.of("/", "/live", "/docs");

    private EmbeddedEngine engine;
    private Served served;
    private Judge judge;

    @BeforeAll
    void serve(@TempDir Path directory) throws Exception {
        Path table = directory.resolve("events");
        Instant end = Instant.parse("2026-01-03T00:00:00Z");
        Generate.run(
                new GenerateOptions(table.toString(), new Configuration(), 600, 100, 0, 48, end, 40, 1),
                line -> {},
                () -> false);
        engine = EmbeddedEngine.open("events", new LocalTableFiles(table), directory.resolve("state"), FakeTable.SPEC);
        CountDownLatch live = new CountDownLatch(1);
        engine.listen(new TableListener() {
            @Override
            public void onStatus(TailStatus status) {
                if (status.state() == TailState.LIVE) {
                    live.countDown();
                }
            }
        });
        served = new Served(engine);
        engine.start(1, Duration.ofMillis(100));
        assertThat(live.await(60, TimeUnit.SECONDS)).isTrue();
        judge = new Judge(served.get("/openapi.json").body());
        assertThat(putAlert("few-events", "{\"kind\":\"value\",\"below\":10}")).isEqualTo(201);
    }

    private int putAlert(String name, String definition) throws IOException {
        HttpResponse<String> answer = served.put("/api/v1/alerts/" + name, definition);
        if (answer.statusCode() < 300) {
            assertThat(judge.complaints("Alert", answer.body())).isEmpty();
        }
        return answer.statusCode();
    }

    @AfterAll
    void stop() {
        if (served != null) {
            served.close();
        }
        if (engine != null) {
            engine.close();
        }
    }

    private record Request(String path, JsonNode operation, String address) {}

    /** Those that the document gives, and one for each example of a parameter. */
    private List<Request> requests() {
        List<Request> requests = new ArrayList<>();
        judge.document().get("paths").fields().forEachRemaining(path -> {
            JsonNode get = path.getValue().path("get");
            String plain = path.getKey().replaceAll("/\\{\\w+}", "");
            get.path("x-requests")
                    .forEach(more -> requests.add(new Request(path.getKey(), get, plain + more.asText())));
            for (JsonNode stated : get.path("parameters")) {
                JsonNode parameter = stated.has("$ref")
                        ? judge.document().at(stated.get("$ref").asText().substring(1))
                        : stated;
                for (JsonNode example : parameter.path("examples")) {
                    String base = path.getKey().contains("{") ? plain + "/totals" : plain;
                    String needed = parameter.path("required").asBoolean() ? "" : neededBeside(get);
                    requests.add(
                            new Request(path.getKey(), get, base + query(parameter, example.get("value")) + needed));
                }
            }
        });
        return requests;
    }

    /** The first example of each parameter that must be there. */
    private static String neededBeside(JsonNode get) {
        StringBuilder needed = new StringBuilder();
        for (JsonNode parameter : get.path("parameters")) {
            if (parameter.path("required").asBoolean()
                    && parameter.path("in").asText().equals("query")) {
                JsonNode first = parameter.get("examples").elements().next().get("value");
                needed.append('&').append(query(parameter, first).substring(1));
            }
        }
        return needed.toString();
    }

    private static String query(JsonNode parameter, JsonNode value) {
        List<String> pairs = new ArrayList<>();
        for (JsonNode one : value.isArray() ? value : List.of(value)) {
            pairs.add(parameter.get("name").asText() + '=' + URLEncoder.encode(one.asText(), StandardCharsets.UTF_8));
        }
        return '?' + String.join("&", pairs);
    }

    @Test
    void everyExampleOfARequestIsAnsweredAsTheDocumentSays() throws IOException {
        List<Request> requests = requests();
        assertThat(requests).hasSizeGreaterThan(50);
        for (Request request : requests) {
            if (request.path().endsWith("/stream")) {
                continue; // never ends: the test of the messages asks for it
            }
            HttpResponse<String> answer = served.get(request.address());
            assertThat(answer.statusCode())
                    .as(request.address() + "\n" + answer.body())
                    .isEqualTo(200);
            check(request, answer);
            HttpResponse<String> head = served.send("HEAD", request.address());
            assertThat(head.statusCode()).as("HEAD " + request.address()).isEqualTo(answer.statusCode());
            assertThat(head.body()).isEmpty();
        }
    }

    /** Status, headers, type and body. */
    private void check(Request request, HttpResponse<String> answer) throws IOException {
        JsonNode response = resolved(request.operation().get("responses").get(Integer.toString(answer.statusCode())));
        assertThat(response)
                .as(answer.statusCode() + " of " + request.address())
                .isNotNull();
        response.path("headers")
                .fieldNames()
                .forEachRemaining(name -> assertThat(answer.headers().firstValue(name))
                        .as(name + " of " + request.address())
                        .isPresent());
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode content = response.path("content").path(type);
        assertThat(content.isMissingNode())
                .as(type + " of " + request.address())
                .isFalse();
        String reference = content.path("schema").path("$ref").asText();
        if (!reference.isEmpty()) {
            String schema = reference.substring(reference.lastIndexOf('/') + 1);
            assertThat(judge.complaints(schema, answer.body()))
                    .as(request.address() + " is not a " + schema + ":\n" + answer.body())
                    .isEmpty();
        }
    }

    private JsonNode resolved(JsonNode response) {
        return response != null && response.has("$ref")
                ? judge.document().at(response.get("$ref").asText().substring(1))
                : response;
    }

    @Test
    void everyTaggedAnswerIsNotSentAgain() throws IOException {
        for (Request request : requests()) {
            boolean tagged = request.operation().path("responses").has("304");
            if (tagged) {
                String tag = served.get(request.address())
                        .headers()
                        .firstValue("ETag")
                        .orElseThrow();
                assertThat(served.get(request.address(), "If-None-Match", tag).statusCode())
                        .as(request.address())
                        .isEqualTo(304);
            }
        }
    }

    @Test
    void everyExampleOfABodyFitsItsSchema() throws IOException {
        int examples = 0;
        for (Map.Entry<String, JsonNode> schema :
                judge.document().at("/components/schemas").properties()) {
            for (JsonNode example : schema.getValue().path("examples")) {
                assertThat(judge.complaints(schema.getKey(), example.toString()))
                        .as(schema.getKey())
                        .isEmpty();
                examples++;
            }
        }
        assertThat(examples).isGreaterThan(5);
    }

    @Test
    void everyExampleOfAnAlertIsTakenAndCanBeSentAgain() throws IOException {
        for (JsonNode example : judge.document().at("/components/schemas/AlertDefinition/examples")) {
            assertThat(putAlert("example", example.toString()))
                    .as(example.toString())
                    .isIn(200, 201);
            JsonNode kept = new com.fasterxml.jackson.databind.ObjectMapper()
                    .readTree(served.get("/api/v1/alerts/example").body());
            example.fields().forEachRemaining(field -> {
                if (!field.getKey().equals("filter")) {
                    assertThat(kept.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
                }
            });
        }
        assertThat(served.send("DELETE", "/api/v1/alerts/example").statusCode()).isEqualTo(204);
        assertThat(served.send("DELETE", "/api/v1/alerts/example").body()).contains("/problems/unknown-alert");
    }

    @Test
    void refusalsAreProblemsAsTheDocumentHasThem() throws IOException {
        Map<String, String> refusals = Map.of(
                "/api/v1/views?colour=red", "unknown-parameter",
                "/api/v1/views?from=x", "bad-filter",
                "/api/v1/views/colour", "unknown-view",
                "/api/v1/views?version=1000000", "unknown-version",
                "/api/v1/commits?limit=0", "bad-parameter",
                "/api/v1/export?format=xml", "bad-parameter",
                "/api/v1/export?version=1000000", "unknown-version",
                "/api/v1/stream?sessions=some", "bad-parameter",
                "/api/v1/analyses/funnel?step=page_view", "bad-parameter",
                "/no/such/path", "not-found");
        String document = judge.document().toString();
        for (Map.Entry<String, String> refusal : refusals.entrySet()) {
            HttpResponse<String> answer = served.get(refusal.getKey());
            assertThat(answer.statusCode()).as(refusal.getKey()).isIn(400, 404);
            assertThat(judge.complaints("Problem", answer.body()))
                    .as(refusal.getKey())
                    .isEmpty();
            assertThat(answer.body()).as(refusal.getKey()).contains("\"/problems/" + refusal.getValue() + '"');
            assertThat(document).contains('`' + refusal.getValue() + '`');
        }
    }

    @Test
    void everyRouteIsInTheDocumentAndEveryPathOfTheDocumentIsARoute() {
        for (String prefix : List.of("", "/t/events")) {
            Set<String> routes = new TreeSet<>();
            for (String path : served.paths()) {
                if (path.startsWith(prefix + "/") && !(prefix.isEmpty() && path.startsWith("/t/"))) {
                    routes.add(path.substring(prefix.length()).replaceAll(":(\\w+)", "{$1}"));
                }
            }
            routes.removeIf(path -> NOT_REST.contains(path) || path.startsWith("/docs/") || isSockJs(path));
            Set<String> documented = new TreeSet<>();
            judge.document().get("paths").fieldNames().forEachRemaining(documented::add);
            if (!prefix.isEmpty()) {
                documented.removeAll(Set.of("/healthz", "/readyz", "/metrics"));
            }
            assertThat(routes).isEqualTo(documented);
        }
    }

    private static boolean isSockJs(String path) {
        return path.startsWith("/live/") && !path.equals("/live/websocket");
    }

    @Test
    void whatTheSocketSaysFitsTheSchemasOfItsMessages() throws Exception {
        List<String> heard = java.util.Collections.synchronizedList(new ArrayList<>());
        Subscriber subscriber = new Subscriber("main");
        Transport.Connection socket = Transport.WEBSOCKET.open(served.port, "", text -> {
            heard.add(text);
            subscriber.received(text);
        });
        try {
            String subscribe = "{\"op\":\"subscribe\",\"id\":\"main\"}";
            assertThat(judge.complaints("ClientMessage", subscribe)).isEmpty();
            socket.send(subscribe);
            subscriber.next("snapshot");
            subscriber.next("status");
            socket.send("{\"op\":\"subscribe\",\"id\":\"main\",\"since\":{\"epoch\":\""
                    + engine.state().orElseThrow().epoch() + "\",\"version\":"
                    + engine.state().orElseThrow().version() + "}}");
            subscriber.next("update");
            socket.send("{\"op\":\"subscribe\",\"id\":\"bad\",\"views\":[\"none\"]}");
            subscriber.next("error");
            String alerts = "{\"op\":\"subscribe\",\"id\":\"alerts\",\"alerts\":true}";
            assertThat(judge.complaints("ClientMessage", alerts)).isEmpty();
            socket.send(alerts);
            subscriber.next("alert");
            assertThat(putAlert("passing", "{\"kind\":\"state\"}")).isEqualTo(201);
            assertThat(served.send("DELETE", "/api/v1/alerts/passing").statusCode())
                    .isEqualTo(204);
            while (!"deleted".equals(subscriber.next("alert").getString("state"))) {}
            String exact =
                    "{\"op\":\"subscribe\",\"id\":\"main\",\"sessions\":\"exact\",\"filter\":{\"channel\":[\"web\"]}}";
            assertThat(judge.complaints("ClientMessage", exact)).isEmpty();
            socket.send(exact);
            subscriber.next("snapshot");
            subscriber.next("update");
        } finally {
            socket.close();
        }
        for (String text : heard) {
            assertThat(judge.complaints("ServerMessage", text)).as(text).isEmpty();
        }
    }

    @Test
    void theEventStreamCarriesTheSameMessages() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", served.port)) {
            socket.getOutputStream()
                    .write(
                            "GET /api/v1/stream?views=totals&id=one&sessions=exact&channel=web HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = lines.readLine();
            assertThat(line).contains("200");
            while (!line.startsWith("data: ")) {
                line = lines.readLine();
            }
            assertThat(judge.complaints("ServerMessage", line.substring("data: ".length())))
                    .isEmpty();
        }
    }
}
