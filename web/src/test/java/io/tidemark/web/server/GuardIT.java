package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.web.live.HubLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is let in. */
class GuardIT {
    private final FakeTable table = FakeTable.create();

    @Test
    void pagesOfOtherOriginsReachNoTransport() throws Exception {
        try (Served served = new Served(table)) {
            String own = "http://localhost:" + served.port;
            for (String path : List.of(
                    "GET /live/websocket",
                    "GET /live/000/s1/websocket",
                    "GET /live/info",
                    "POST /live/000/s2/xhr_streaming",
                    "POST /live/000/s3/xhr",
                    "GET /live/000/s4/eventsource",
                    "GET /live/000/s5/jsonp?c=x",
                    "GET /live/000/s6/htmlfile?c=x",
                    "POST /live/000/s7/xhr_send",
                    "POST /live/000/s8/jsonp_send",
                    "OPTIONS /live/000/s9/xhr_streaming",
                    "GET /live/iframe.html",
                    "GET /api/v1/stream",
                    "GET /t/events/api/v1/stream",
                    "GET /t/events/live/info")) {
                for (String origin : List.of("http://evil.example", "null", "http://localhost:1", "http://localhost")) {
                    assertThat(statusOf(served, path, origin))
                            .as(path + " from " + origin)
                            .isEqualTo(403);
                }
                assertThat(statusOf(served, path, own))
                        .as(path + " from " + own)
                        .isNotEqualTo(403);
                assertThat(statusOf(served, path, null)).as(path).isNotEqualTo(403);
            }
        }
    }

    @Test
    void withTokensOnlyTheirOwnersSeeTheTable() throws IOException {
        table.add(table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"));
        try (Served served = new Served(HubLimits.DEFAULT, List.of("first", "second"), table)) {
            for (String path : List.of(
                    "/api/v1/views",
                    "/api/v1/status",
                    "/metrics",
                    "/live/info",
                    "/live/websocket",
                    "/api/v1/stream?views=none",
                    "/t/events/api/v1/schema",
                    "//api/v1/views",
                    "/api/v1/../v1/views")) {
                assertThat(served.get(path).statusCode()).as(path).isEqualTo(401);
                assertThat(served.get(path, "Authorization", "Bearer third").statusCode())
                        .isEqualTo(401);
                assertThat(served.get(path, "Authorization", "Bearer second").statusCode())
                        .as(path)
                        .isNotEqualTo(401);
            }
            RestIT.assertProblem(served.get("/api/v1/views"), 401, "unauthorized");
            assertThat(served.get("/api/v1/views").headers().firstValue("WWW-Authenticate"))
                    .hasValue("Bearer");
            assertThat(served.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(served.get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void eachTableIsUnderItsNameAndTheFirstAtTheRoot() throws IOException {
        FakeTable other = new FakeTable("other", FakeTable.SPEC);
        table.add(table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"));
        try (Served served = new Served(table, other)) {
            assertThat(served.json("/api/v1/views").getJsonObject("totals").getLong("events"))
                    .isEqualTo(5);
            assertThat(served.json("/t/events/api/v1/views")
                            .getJsonObject("totals")
                            .getLong("events"))
                    .isEqualTo(5);
            RestIT.assertProblem(served.get("/t/other/api/v1/views"), 503, "not-ready");
            RestIT.assertProblem(served.get("/readyz"), 503, "not-ready");
            other.add(other.file(Rows.HOUR, 7, "web", "page_view", "ios", "a"));
            assertThat(served.json("/t/other/api/v1/views/totals")
                            .getJsonObject("totals")
                            .getLong("events"))
                    .isEqualTo(7);
            assertThat(served.get("/t/other").headers().firstValue("Location")).hasValue("/t/other/");
            assertThat(served.get("/t/other/").statusCode()).isEqualTo(200);
            RestIT.assertProblem(served.get("/t/nothing/api/v1/views"), 404, "not-found");
        }
    }

    /** Java's own client sets no Origin. A session of its own: a second poll of one would wait for something to tell. */
    private static int statusOf(Served served, String path, String origin) throws IOException {
        String request = path.replaceFirst("/s\\d/", "/s" + System.nanoTime() + "/");
        try (Socket socket = new Socket("localhost", served.port)) {
            String upgrade = request.endsWith("/websocket")
                    ? "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    : "Content-Length: 0\r\n";
            String head = request + " HTTP/1.1\r\nHost: localhost:" + served.port + "\r\n" + upgrade
                    + (origin == null ? "" : "Origin: " + origin + "\r\n") + "\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return Integer.parseInt(new String(in.readNBytes(12), StandardCharsets.US_ASCII).substring(9));
        }
    }
}
