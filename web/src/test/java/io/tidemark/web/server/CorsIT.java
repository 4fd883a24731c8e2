package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What pages of other origins can do. */
class CorsIT {
    private static final String FRIEND = "https://dashboard.example";
    private static final List<String> PATHS = List.of(
            "GET /api/v1/views",
            "GET /api/v1/status",
            "GET /api/v1/stream",
            "GET /t/events/api/v1/views",
            "GET /openapi.json",
            "GET /live/info",
            "POST /live/000/s2/xhr_streaming",
            "POST /live/000/s3/xhr",
            "GET /live/000/s4/eventsource");

    private final FakeTable table = FakeTable.create();

    @Test
    void withoutThatOptionNoAnswerCanBeReadElsewhere() throws IOException {
        try (Served served = new Served(table)) {
            fill();
            for (String path : PATHS) {
                for (String origin : List.of(FRIEND, "http://localhost:" + served.port, "")) {
                    assertThat(head(served, path, origin))
                            .as(path + " " + origin)
                            .doesNotContain("access-control-");
                }
            }
        }
    }

    @Test
    void pagesOfANamedOriginReachEverythingAndOthersNothingMore() throws IOException {
        try (Served served = Served.forOrigins(List.of(FRIEND), List.of(), table)) {
            fill();
            for (String path : PATHS) {
                String friend = head(served, path, FRIEND);
                assertThat(friend)
                        .as(path)
                        .startsWith("http/1.1 200")
                        .containsOnlyOnce("access-control-allow-origin: " + FRIEND + "\r\n")
                        .contains("vary: ", "origin");
                assertThat(friend.contains("access-control-allow-credentials: true"))
                        .as("SockJS' client asks with credentials")
                        .isEqualTo(path.contains("/live/"));
                for (String origin :
                        List.of("https://evil.example", "null", FRIEND + ".evil", "http://dashboard.example")) {
                    String stranger = head(served, path, origin);
                    assertThat(stranger)
                            .as(path + " from " + origin)
                            .doesNotContain("access-control-")
                            .contains("origin");
                    boolean pushed = path.contains("/live/") || path.endsWith("/stream");
                    assertThat(stranger).startsWith(pushed ? "http/1.1 403" : "http/1.1 200");
                }
            }
            assertThat(head(served, "GET /api/v1/views", FRIEND.toUpperCase(Locale.ROOT)))
                    .contains("access-control-expose-headers: tidemark-version, tidemark-epoch, etag");
            assertThat(head(served, "GET /api/v1/nothing", FRIEND))
                    .as("problems can be read, too")
                    .startsWith("http/1.1 404")
                    .contains("access-control-allow-origin");
        }
    }

    @Test
    void aNamedOriginMayOpenASocket() throws IOException {
        try (Served served = Served.forOrigins(List.of(FRIEND), List.of(), table)) {
            for (String path : List.of("/live/websocket", "/live/000/s1/websocket")) {
                String upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
                assertThat(head(served, "GET " + path, FRIEND, upgrade)).startsWith("http/1.1 101");
                assertThat(head(served, "GET " + path, "https://evil.example", upgrade))
                        .startsWith("http/1.1 403");
            }
        }
    }

    @Test
    void aPreflightNeedsNoTokenAndIsAnsweredToNamedOriginsOnly() throws IOException {
        try (Served served = Served.forOrigins(List.of(FRIEND), List.of("secret"), table)) {
            fill();
            String asks = "Access-Control-Request-Method: GET\r\nAccess-Control-Request-Headers: authorization\r\n";
            assertThat(head(served, "OPTIONS /api/v1/views", FRIEND, asks))
                    .startsWith("http/1.1 204")
                    .contains("access-control-allow-methods: get, head\r\n")
                    .contains("access-control-allow-headers: authorization, ")
                    .contains("access-control-max-age: 600");
            assertThat(head(served, "OPTIONS /live/000/s1/xhr_send", FRIEND, asks))
                    .startsWith("http/1.1 204")
                    .contains("access-control-allow-methods: get, head, post\r\n", "credentials: true");
            assertThat(head(served, "OPTIONS /api/v1/views", "https://evil.example", asks))
                    .startsWith("http/1.1 401")
                    .doesNotContain("access-control-");
            assertThat(head(served, "GET /api/v1/views", FRIEND))
                    .as("a token is needed all the same, and the page may read that")
                    .startsWith("http/1.1 401")
                    .contains("access-control-allow-origin");
        }
    }

    private void fill() {
        table.add(table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"));
    }

    private static String head(Served served, String request, String origin) throws IOException {
        return head(served, request, origin, "");
    }

    /** Of the answer, in lower case. Java's own client sets no Origin. */
    private static String head(Served served, String path, String origin, String more) throws IOException {
        // A session of its own: a second poll of one would wait for something to tell.
        String request = path.replaceFirst("/s\\d/", "/s" + System.nanoTime() + "/");
        try (Socket socket = new Socket("localhost", served.port)) {
            String text = request + " HTTP/1.1\r\nHost: localhost:" + served.port + "\r\n"
                    + (origin.isEmpty() ? "" : "Origin: " + origin + "\r\n")
                    + (more.contains("Upgrade") ? "" : "Content-Length: 0\r\n")
                    + more + "\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return Heads.read(socket.getInputStream());
        }
    }
}
