package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompressionIT {
    private final FakeTable table = FakeTable.create();
    private final HttpClient http = HttpClient.newHttpClient();
    private Served served;

    @BeforeEach
    void serve() throws IOException {
        served = new Served(table);
        for (int hour = 0; hour < 50; hour++) {
            table.add(table.file(Rows.HOUR + hour, 5, "web", "page_view", "ios", "a"));
        }
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + served.port + path));
        request.headers(headers);
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    @Test
    void whoAcceptsAnEncodingGetsTheSamePageShorter() throws Exception {
        String plain = served.get("/api/v1/views").body();

        HttpResponse<byte[]> gzip = get("/api/v1/views", "Accept-Encoding", "gzip");
        HttpResponse<byte[]> deflate = get("/api/v1/views", "Accept-Encoding", "deflate;q=0.5");

        assertThat(gzip.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(gzip.body().length).isLessThan(plain.length() / 3);
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain);
        }
        assertThat(deflate.headers().firstValue("Content-Encoding")).hasValue("deflate");
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(deflate.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain);
        }
        assertThat(served.get("/api/v1/views").headers().firstValue("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void aLargePageIsTheSameWhetherOrNotItWasCompressedBefore() throws Exception {
        for (int hour = 0; hour < 3000; hour++) {
            table.add(table.file(Rows.HOUR + 50 + hour, 5, "web", "page_view", "ios", "a"));
        }
        String plain = served.get("/api/v1/views").body();
        assertThat(plain.length()).isGreaterThan(64 << 10);

        for (String path : new String[] {"/api/v1/views", "/vendor/chart.umd.js"}) {
            String expected = served.get(path).body();
            for (int i = 0; i < 2; i++) {
                HttpResponse<byte[]> gzip = get(path, "Accept-Encoding", "gzip");
                assertThat(gzip.headers().allValues("Content-Encoding"))
                        .as(path)
                        .containsExactly("gzip");
                assertThat(gzip.headers().firstValue("ETag").orElseThrow()).startsWith("W/");
                assertThat(gzip.headers().firstValue("Content-Length")).hasValue(Integer.toString(gzip.body().length));
                try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
                    assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                            .isEqualTo(expected);
                }
            }
        }
        assertThat(get("/api/v1/views", "Accept-Encoding", "deflate").headers().firstValue("Content-Encoding"))
                .hasValue("deflate");
    }

    @Test
    void aTagIsOneForAllEncodingsAndStrongOnlyWithoutOne() throws Exception {
        HttpResponse<String> plain = served.get("/api/v1/views");
        String tag = plain.headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> gzip = get("/api/v1/views", "Accept-Encoding", "gzip");
        String weak = gzip.headers().firstValue("ETag").orElseThrow();

        assertThat(tag).startsWith("\"");
        assertThat(weak).isEqualTo("W/" + tag);
        assertThat(plain.headers().firstValue("Vary")).hasValue("Accept-Encoding");
        assertThat(gzip.headers().firstValue("Vary")).hasValue("Accept-Encoding");
        for (String given : new String[] {tag, weak}) {
            for (String accepted : new String[] {"gzip", "identity"}) {
                HttpResponse<byte[]> again = get("/api/v1/views", "Accept-Encoding", accepted, "If-None-Match", given);
                assertThat(again.statusCode()).as(given + " " + accepted).isEqualTo(304);
                assertThat(again.body()).isEmpty();
                assertThat(again.headers().firstValue("Vary")).hasValue("Accept-Encoding");
                assertThat(again.headers().firstValue("ETag")).hasValue(accepted.equals("gzip") ? weak : tag);
            }
        }
    }

    @Test
    void whatIsShortIsSentAsItIs() throws Exception {
        assertThat(get("/healthz", "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void whatIsPushedIsNeverHeldBackByACompressor() throws Exception {
        for (String request : new String[] {"GET /api/v1/stream?views=totals", "POST /live/000/s1/xhr_streaming"}) {
            try (Socket socket = new Socket("127.0.0.1", served.port)) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream()
                        .write((request + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n"
                                        + "Content-Length: 0\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(Heads.read(socket.getInputStream()))
                        .startsWith("http/1.1 200")
                        .doesNotContain("gzip", "content-encoding");
                if (request.startsWith("GET")) {
                    assertThat(firstEvent(socket.getInputStream()).getString("op"))
                            .isEqualTo("snapshot");
                }
            }
        }
    }

    private static JsonObject firstEvent(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("It ended: " + line);
            }
            if (next != '\n') {
                line.append((char) next);
            } else if (line.indexOf("data: ") == 0) {
                return new JsonObject(line.substring("data: ".length()));
            } else {
                line.setLength(0);
            }
        }
    }
}
