package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.web.access.TokenLine;
import io.tidemark.web.config.AccessSettings;
import io.tidemark.web.config.ScanSettings;
import io.tidemark.web.live.HubLimits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what, by tokens in a file; and when that ends. */
class AccessIT {
    @TempDir
    Path dir;

    private final FakeTable table = FakeTable.create();
    private final TokenLine.Fresh viewer = TokenLine.draw("viewer", "view", Optional.empty());
    private final TokenLine.Fresh exporter = TokenLine.draw("exporter", "export", Optional.empty());
    private final TokenLine.Fresh admin = TokenLine.draw("admin", "admin", Optional.empty());
    private Path file;
    private Served served;

    @BeforeEach
    void serve() throws IOException {
        file = dir.resolve("tokens");
        tokens(viewer, exporter, admin);
        table.add(table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"));
        served = new Served(
                new ServerOptions("127.0.0.1", 0, List.of(), List.of(), ScanSettings.DEFAULT)
                        .letting(new AccessSettings(List.of("plain"), Optional.of(file), Optional.empty())),
                HubLimits.DEFAULT,
                table);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private void tokens(TokenLine.Fresh... tokens) throws IOException {
        StringBuilder text = new StringBuilder("# who is let in\n\n");
        for (TokenLine.Fresh token : tokens) {
            text.append(token.line().text()).append('\n');
        }
        Path draft = dir.resolve("draft");
        Files.writeString(draft, text);
        Files.move(draft, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private int status(String method, String path, String token) throws IOException {
        return served.send(method, path, bearer(token)).statusCode();
    }

    @Test
    void theFileHoldsNoToken() throws IOException {
        assertThat(Files.readString(file))
                .doesNotContain(viewer.token())
                .contains("viewer:view:" + viewer.line().hash());
    }

    @Test
    void eachRoleMayDoWhatItIsForAndWhatThoseBeforeItMay() throws IOException {
        for (TokenLine.Fresh one : List.of(viewer, exporter, admin)) {
            assertThat(status("GET", "/api/v1/views", one.token())).isEqualTo(200);
            assertThat(status("GET", "/metrics", one.token())).isEqualTo(200);
        }
        assertThat(status("GET", "/api/v1/export", viewer.token())).isEqualTo(403);
        RestIT.assertProblem(served.get("/t/events/api/v1/export", bearer(viewer.token())), 403, "role-needed");
        assertThat(status("HEAD", "/api/v1/export", viewer.token())).isEqualTo(403);
        assertThat(status("GET", "/api/v1/export", exporter.token())).isNotIn(401, 403);
        assertThat(status("GET", "/api/v1/export", "plain")).isNotIn(401, 403);
        String alert = "{\"kind\":\"state\"}";
        for (String token : List.of(viewer.token(), exporter.token())) {
            RestIT.assertProblem(served.put("/api/v1/alerts/a", alert, bearer(token)), 403, "role-needed");
            assertThat(status("DELETE", "/api/v1/alerts/a", token)).isEqualTo(403);
        }
        assertThat(served.put("/api/v1/alerts/a", alert, bearer(admin.token())).statusCode())
                .isEqualTo(201);
        assertThat(status("DELETE", "/api/v1/alerts/a", "plain")).isEqualTo(204);
        assertThat(status("POST", "/internal/anything", viewer.token())).isEqualTo(403);
    }

    @Test
    void withoutATokenThePageLoadsAndTellsNothing() throws IOException {
        for (String path : List.of(
                "/",
                "/js/main.js",
                "/css/base.css",
                "/vendor/chart.umd.js",
                "/docs/",
                "/openapi.yaml",
                "/healthz",
                "/readyz",
                "/t/events/",
                "/t/events/js/main.js")) {
            assertThat(served.get(path).statusCode()).as(path).isEqualTo(200);
        }
        for (String path : List.of(
                "/api/v1/views",
                "/api/v1/views/totals",
                "/api/v1/events",
                "/api/v1/export",
                "/api/v1/schema",
                "/api/v1/status",
                "/api/v1/commits",
                "/api/v1/alerts",
                "/api/v1/alerts/a",
                "/api/v1/session",
                "/api/v1/stream",
                "/metrics",
                "/live",
                "/live/info",
                "/live/websocket",
                "/live/iframe.html",
                "/live/000/s/eventsource",
                "/live/000/s/websocket",
                "/internal/anything",
                "/no/such/path",
                "/t/events/api/v1/views",
                "/t/events/live/info",
                "/t/other/api/v1/views",
                "/js/../api/v1/views",
                "/js/%2e%2e/api/v1/views",
                "/api/v1/views/")) {
            RestIT.assertProblem(served.get(path), 401, "unauthorized");
            assertThat(status("GET", path, viewer.token() + "x")).as(path).isEqualTo(401);
        }
        for (String path : List.of("/live/000/s/xhr", "/live/000/s/xhr_streaming", "/live/000/s/xhr_send")) {
            assertThat(served.post(path, "").statusCode()).as(path).isEqualTo(401);
        }
        assertThat(served.send("OPTIONS", "/api/v1/views").statusCode()).isEqualTo(401);
    }

    @Test
    void tokensAreRotatedWithoutARestart() throws Exception {
        TokenLine.Fresh next = TokenLine.draw("viewer", "view", Optional.empty());
        tokens(viewer, next, admin);
        Eventually.holds("the new one is let in", () -> status("GET", "/api/v1/status", next.token()) == 200);
        assertThat(status("GET", "/api/v1/status", viewer.token())).isEqualTo(200);
        assertThat(status("GET", "/api/v1/status", exporter.token())).isEqualTo(401);
        tokens(next, admin);
        Eventually.holds("the old one is not", () -> status("GET", "/api/v1/status", viewer.token()) == 401);
        assertThat(status("GET", "/api/v1/status", "plain")).isEqualTo(200);
    }

    @Test
    void aFileThatCannotBeUnderstoodChangesNothing() throws Exception {
        Files.writeString(file, "viewer:view\n");
        TokenLine.Fresh next = TokenLine.draw("next", "view", Optional.empty());
        assertThat(status("GET", "/api/v1/status", viewer.token())).isEqualTo(200);
        tokens(next);
        Eventually.holds("the mended one is taken", () -> status("GET", "/api/v1/status", next.token()) == 200);
    }

    @Test
    void aTokenEndsByItself() throws Exception {
        TokenLine.Fresh gone = TokenLine.draw("gone", "admin", Optional.of("2026-01-01T00:00:00Z"));
        TokenLine.Fresh soon = TokenLine.draw(
                "soon", "view", Optional.of(Instant.now().plusSeconds(4).toString()));
        tokens(gone, soon, admin);
        Eventually.holds("the file is taken", () -> status("GET", "/api/v1/status", exporter.token()) == 401);
        assertThat(status("GET", "/api/v1/status", gone.token())).isEqualTo(401);
        Eventually.holds("it has ended", () -> status("GET", "/api/v1/status", soon.token()) == 401);
    }

    @Test
    void everyTransportIsClosedWhenItsTokenIsTakenBack() throws Exception {
        List<CompletableFuture<String>> ends = new ArrayList<>();
        String cookie = cookie(viewer.token());
        ends.add(webSocket("/live/websocket", "Authorization", "Bearer " + viewer.token()));
        ends.add(webSocket("/live/websocket", "Cookie", cookie));
        ends.add(webSocket("/live/000/one/websocket", "Cookie", cookie));
        ends.add(stream("GET /api/v1/stream?views=totals", "Cookie: " + cookie));
        ends.add(stream("GET /t/events/api/v1/stream?views=totals", "Authorization: Bearer " + viewer.token()));
        ends.add(stream("POST /live/000/two/xhr_streaming", "Cookie: " + cookie));
        CompletableFuture<String> other = webSocket("/live/websocket", "Authorization", "Bearer " + admin.token());
        Eventually.holds(
                "all are open",
                () -> served.get("/metrics", bearer(admin.token()))
                        .body()
                        .contains("tidemark_subscribers{table=\"events\"} 7.0"));

        tokens(admin);
        for (CompletableFuture<String> end : ends) {
            assertThat(end.get(20, java.util.concurrent.TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(ends.get(0).join()).isEqualTo("1008 The token has ended");
        assertThat(other).isNotDone();
        assertThat(served.get("/api/v1/status", "Cookie", cookie).statusCode()).isEqualTo(401);
        other.cancel(true);
    }

    private String cookie(String token) throws IOException {
        HttpResponse<String> answer = served.send("POST", "/api/v1/session", bearer(token));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }

    @Test
    void aTokenIsExchangedForACookieThatNoScriptAndNoOtherSiteGets() throws IOException {
        HttpResponse<String> answer = served.send("POST", "/api/v1/session", bearer(viewer.token()));
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(set)
                .containsIgnoringCase("httponly")
                .contains("SameSite=Strict")
                .contains("Path=/")
                .contains("Max-Age=900");
        assertThat(set).doesNotContain(viewer.token());
        JsonObject who = new JsonObject(answer.body());
        assertThat(who.getString("name")).isEqualTo("viewer");
        assertThat(who.getJsonArray("roles")).isEqualTo(new JsonArray().add("view"));

        String cookie = set.replaceFirst(";.*", "");
        assertThat(served.get("/api/v1/views", "Cookie", cookie).statusCode()).isEqualTo(200);
        assertThat(served.get("/api/v1/export", "Cookie", cookie).statusCode()).isEqualTo(403);
        assertThat(served.get("/api/v1/session", "Cookie", cookie).body()).contains("\"viewer\"");
        // Nobody makes one of one, changes one, or has one used by another page.
        assertThat(served.send("POST", "/api/v1/session", "Cookie", cookie).statusCode())
                .isEqualTo(401);
        String content = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf('.'));
        String forged = "tidemark_session="
                + java.util.Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                new String(java.util.Base64.getUrlDecoder().decode(content), StandardCharsets.UTF_8)
                                        .replace("[\"view\"]", "[\"admin\"]")
                                        .getBytes(StandardCharsets.UTF_8))
                + cookie.substring(cookie.indexOf('.'));
        for (String bad :
                List.of(forged, "tidemark_session=", "tidemark_session=.", "tidemark_session=a.b", cookie + "x")) {
            assertThat(served.get("/api/v1/views", "Cookie", bad).statusCode())
                    .as(bad)
                    .isEqualTo(401);
        }
        String admins = cookie(admin.token());
        assertThat(served.put(
                                "/api/v1/alerts/a",
                                "{\"kind\":\"state\"}",
                                "Cookie",
                                admins,
                                "Origin",
                                "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(served.send(
                                "POST",
                                "/api/v1/session",
                                "Authorization",
                                "Bearer plain",
                                "Origin",
                                "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> out = served.send("DELETE", "/api/v1/session", "Cookie", cookie);
        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    }

    /** Completes with how it was closed. */
    private CompletableFuture<String> webSocket(String path, String... header) {
        CompletableFuture<String> closed = new CompletableFuture<>();
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header(header[0], header[1])
                .buildAsync(URI.create("ws://127.0.0.1:" + served.port + path), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                        closed.complete(status + " " + reason);
                        return null;
                    }
                })
                .join();
        return closed;
    }

    /** Completes with the last line when the response ends. */
    private CompletableFuture<String> stream(String request, String header) throws IOException {
        Socket socket = new Socket("127.0.0.1", served.port);
        socket.getOutputStream()
                .write((request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n" + header + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        assertThat(lines.readLine()).contains(" 200 ");
        return CompletableFuture.supplyAsync(() -> {
            try (socket) {
                String last = "";
                // A chunk of no bytes ends the response; the connection may stay.
                for (String line = lines.readLine(); line != null && !line.equals("0"); line = lines.readLine()) {
                    last = line;
                }
                return last;
            } catch (IOException e) {
                return "cut off";
            }
        });
    }
}
