package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.web.config.LimitSettings;
import io.tidemark.web.config.LimitSettings.Patience;
import io.tidemark.web.limits.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean harm: each is refused or cut off, is counted, and others do not notice. */
@Timeout(120)
class HostileIT {
    private static final LimitSettings HASTY = LimitSettings.DEFAULT.with(
            new Patience(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofSeconds(60)));
    private static final int LONGEST = LimitSettings.DEFAULT.lengths().message();
    private static final int HEADERS = LimitSettings.DEFAULT.lengths().headers();

    private final FakeTable table = FakeTable.create();
    private Served served;

    @BeforeEach
    void serve() throws IOException {
        table.add(table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"));
        served = new Served(HASTY, List.of(), table);
    }

    /** Whatever was done, the next one is served. */
    @AfterEach
    void stop() throws IOException {
        try {
            assertThat(served.get("/api/v1/views").statusCode()).isEqualTo(200);
        } finally {
            served.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/views HTTP/1.1\r\nHost: localhost\r\n",
                "G",
                "PUT /api/v1/alerts/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n",
                "PUT /api/v1/alerts/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n",
                "GET /api/v1/views HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n"
            })
    void aRequestThatDripsIsCutOffAndWhoIsQuietBetweenRequestsIsNot(String beginning) throws Exception {
        try (Wire patient = new Wire(served);
                Wire fresh = new Wire(served);
                Wire slow = new Wire(served)) {
            assertThat(patient.ask("HEAD /healthz").status()).isEqualTo(200);

            slow.send(beginning);
            while (slow.isOpen()) {
                slow.drip(beginning.contains("chunked") ? "1\r\nx\r\n" : "x");
            }

            assertThat(served.refused(Refusal.SLOW)).isEqualTo(1);
            assertThat(patient.ask("HEAD /healthz").status()).isEqualTo(200);
            assertThat(fresh.ask("HEAD /healthz").status()).isEqualTo(200);
        }
    }

    @Test
    void aFrameAndAMessageHaveToComeInTimeToo() throws Exception {
        try (Wire quiet = new Wire(served);
                Wire frame = new Wire(served);
                Wire message = new Wire(served)) {
            quiet.upgrade("/live/websocket");
            // Some more was said before.
            frame.upgrade("/live/websocket").text("{}").send(new byte[] {(byte) 0x81});
            message.upgrade("/live/websocket").text("{}").frame(0x01, new byte[] {'{'});
            while (frame.isOpen()) {}
            while (message.isOpen()) {
                message.drip(
                        new String(new byte[] {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0}, StandardCharsets.ISO_8859_1));
            }
            assertThat(served.refused(Refusal.SLOW)).isEqualTo(2);
            assertThat(quiet.text("{}").nextText()).contains("bad-message");
        }
    }

    @Test
    void aConnectionOnWhichNothingHappensIsClosed() throws Exception {
        LimitSettings brief = LimitSettings.DEFAULT.with(
                new Patience(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMillis(500)));
        try (Served other = new Served(brief, List.of(), table);
                Wire silent = new Wire(other)) {
            assertThat(silent.rest()).isEmpty();
            assertThat(other.refused(Refusal.SLOW)).isZero();
        }
    }

    @Test
    void aMillionHeadersAreNotRead() throws Exception {
        byte[] some = "a: b\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        try (Wire wire = new Wire(served)) {
            wire.send("GET / HTTP/1.1\r\nHost: localhost\r\n");
            int sent = 0;
            try {
                for (; sent < 100; sent++) {
                    wire.send(some);
                }
            } catch (SocketException e) {
                // The other side has enough.
            }
            assertThat(wire.status()).as("or was reset before it could be read").isIn(431, 0);
            Eventually.holds("it is counted", () -> served.refused(Refusal.TOO_LARGE) == 1);
        }
    }

    @Test
    void headersAndAddressesAreReadToTheirLimit() throws Exception {
        String[] most = {"x: " + "y".repeat(HEADERS - 200)};
        String[] more = {"x: " + "y".repeat(HEADERS)};
        try (Wire one = new Wire(served);
                Wire two = new Wire(served);
                Wire three = new Wire(served);
                Wire four = new Wire(served)) {
            assertThat(one.ask("HEAD /healthz", most).status()).isEqualTo(200);
            assertThat(two.ask("HEAD /healthz", more).status()).isEqualTo(431);
            String value = "x".repeat(HEADERS - 200);
            assertThat(three.ask("GET /api/v1/views?channel=" + value).status()).isEqualTo(200);
            assertThat(four.ask("GET /api/v1/views?channel=" + value + value).rest())
                    .contains(" 414 ")
                    .contains("/problems/uri-too-long");
            assertThat(served.refused(Refusal.TOO_LARGE)).isEqualTo(2);
        }
    }

    @Test
    void bodiesAreReadToTheirLimit() throws Exception {
        try (Wire wire = new Wire(served)) {
            wire.ask("POST /live/000/big/xhr_send", "Content-Length: " + (LONGEST + 1));
            assertThat(wire.status()).isEqualTo(413);
            assertThat(served.refused(Refusal.TOO_LARGE)).isEqualTo(1);
        }
        try (Wire wire = new Wire(served)) {
            // One that does not say how long it will be.
            wire.ask("PUT /api/v1/alerts/a", "Content-Type: application/json", "Transfer-Encoding: chunked");
            String chunk = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
            try {
                for (int i = 0; i < 64; i++) {
                    wire.send(chunk);
                }
            } catch (SocketException e) {
                // The other side has enough.
            }
            assertThat(wire.status()).isIn(413, 0);
            Eventually.holds("it is counted", () -> served.refused(Refusal.TOO_LARGE) == 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/live/websocket", "/live/000/s1/websocket"})
    void aSmallFrameThatWouldInflateToALargeOneIsNotInflated(String path) throws Exception {
        try (Wire wire = new Wire(served)) {
            wire.ask("GET " + path, Wire.UPGRADE, "Sec-WebSocket-Extensions: permessage-deflate");
            assertThat(wire.head()).startsWith("http/1.1 101").doesNotContain("extensions");
            // FIN, and the bit that says that it is compressed.
            wire.frame(0xC1, deflated(64 << 20));
            assertThat(wire.closeCode()).isIn(0, 1002);
            assertThat(served.refused(Refusal.MALFORMED)).isEqualTo(1);
        }
    }

    private static byte[] deflated(int zeros) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, new Deflater(9, true))) {
            for (int i = 0; i < zeros >> 16; i++) {
                out.write(new byte[1 << 16]);
            }
        }
        assertThat(bytes.size()).isLessThan(1 << 17);
        return Arrays.copyOf(bytes.toByteArray(), LONGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/live/websocket", "/live/000/s1/websocket"})
    void textThatIsNotUtf8EndsASocket(String path) throws Exception {
        for (byte[] bad :
                new byte[][] {{(byte) 0xC0, (byte) 0xAF}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {(byte) 0xFF}}) {
            try (Wire wire = new Wire(served)) {
                assertThat(wire.upgrade(path).frame(0x81, bad).closeCode()).isEqualTo(1007);
            }
        }
        assertThat(served.refused(Refusal.MALFORMED)).isEqualTo(3);
    }

    @Test
    void aCharacterMayBeCutInTwoByFrames() throws Exception {
        byte[] euro = "{\"op\":\"subscribe\",\"id\":\"€\",\"views\":[]}".getBytes(StandardCharsets.UTF_8);
        int within = new String(euro, StandardCharsets.ISO_8859_1).indexOf(0xE2) + 1;
        Subscriber subscriber = new Subscriber("€");
        try (Wire wire = new Wire(served)) {
            wire.upgrade("/live/websocket")
                    .frame(0x01, Arrays.copyOf(euro, within))
                    .frame(0x80, Arrays.copyOfRange(euro, within, euro.length));
            subscriber.received(wire.nextText());
            assertThat(subscriber.next("snapshot").getString("id")).isEqualTo("€");
        }
    }

    @Test
    void messagesAreReadToTheirLimitInOneFrameOrMany() throws Exception {
        byte[] most = new byte[LONGEST];
        Arrays.fill(most, (byte) ' ');
        try (Wire one = new Wire(served);
                Wire two = new Wire(served);
                Wire three = new Wire(served)) {
            assertThat(one.upgrade("/live/websocket").frame(0x81, most).nextText())
                    .contains("bad-message");
            assertThat(two.upgrade("/live/websocket")
                            .frame(0x81, new byte[LONGEST + 1])
                            .closeCode())
                    .isIn(0, 1009);
            three.upgrade("/live/websocket").frame(0x01, most).frame(0x00, most).frame(0x00, most);
            assertThat(three.closeCode()).isEqualTo(1009);
            assertThat(served.refused(Refusal.TOO_LARGE)).isGreaterThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/live/websocket", "/live/000/s1/websocket"})
    void whoSendsPingsAndReadsNoAnswerFillsNoMemory(String path) throws Exception {
        int pings = 120_000;
        byte[] many = pings(1000);
        try (Wire wire = new Wire(served)) {
            wire.upgrade(path);
            for (int i = 0; i < pings / 1000; i++) {
                wire.send(many);
            }
            wire.text("{}");
            assertThat(wire.pongsBeforeText())
                    .as("as many as kernels keep, and no more")
                    .isLessThan(pings / 4 * 3);
        }
    }

    private static byte[] pings(int count) {
        byte[] pings = new byte[count * (6 + 125)];
        for (int i = 0; i < pings.length; i += 6 + 125) {
            pings[i] = (byte) 0x89;
            pings[i + 1] = (byte) (0x80 | 125);
        }
        return pings;
    }

    @Test
    void whoAsksAThousandTimesWithoutReadingIsAnsweredOneByOne() throws Exception {
        int times = 1000;
        try (Wire wire = new Wire(served)) {
            wire.send("GET /api/v1/views HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(times - 1)
                    + "GET /api/v1/views HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(served.metric("tidemark_requests_in_flight")).isLessThanOrEqualTo(2);
            assertThat(wire.rest().split("HTTP/1.1 200 OK", -1)).hasSize(times + 1);
        }
    }

    @Test
    void noPathLeadsOutOfThePage() throws Exception {
        List<String> paths = new ArrayList<>();
        for (String up :
                List.of("..%2f", "%2e%2e/", "%2e%2e%2f", "../", "..%5c", "..\\", "..;/", "%252e%252e%252f", "....//")) {
            for (String folder : List.of("/", "/css/", "/js/", "/vendor/", "/docs/", "/t/events/", "/t/events/js/")) {
                paths.add(folder + up + "io/tidemark/Main.class");
                paths.add(folder + up.repeat(8) + "etc/passwd");
                paths.add(folder + up.repeat(3) + "META-INF/MANIFEST.MF");
            }
        }
        paths.addAll(List.of(
                "/io/tidemark/Main.class",
                "/META-INF/MANIFEST.MF",
                "//etc/passwd",
                "/webroot/index.html",
                "/index.html%00.js",
                "/%00",
                "/.git/config",
                "/css/",
                "/js/../../io/tidemark/Main.class%3f.js",
                "/file:/etc/passwd",
                "/vendor/sockjs.min.js/../../io/tidemark/Main.class"));
        for (String path : paths) {
            try (Wire wire = new Wire(served)) {
                String answer = wire.ask("GET " + path, "Connection: close").rest();
                assertThat(answer).as(path).matches("(?s)HTTP/1.1 (400|404|308) .*");
                assertThat(answer).doesNotContain("<Configuration", "Manifest-Version", "root:");
            }
        }
    }

    @Test
    void nothingThatComesFromOutsideWritesALineOfItsOwnIntoTheLog() throws Exception {
        String forged = "%0d%0a2026-01-01T00:00:00.000Z%20ERROR%20forged";
        try (LogLines log = LogLines.collect()) {
            for (String request : List.of(
                    "GET /api/v1/views?channel=" + forged,
                    "GET /api/v1/views?" + forged + "=1",
                    "GET /api/v1/views/" + forged,
                    "GET /api/v1/export?version=" + forged,
                    "GET /api/v1/export?format=" + forged,
                    "GET /" + forged,
                    "PUT /api/v1/alerts/" + forged,
                    "POST /api/v1/notify?" + forged,
                    "BREW%0d%0a /api/v1/views",
                    "GET /live/000/" + forged + "/websocket")) {
                try (Wire wire = new Wire(served)) {
                    assertThat(wire.ask(request, "Connection: close").status())
                            .as(request)
                            .isNotEqualTo(500);
                }
            }
            for (String header : List.of(
                    "Authorization: Bearer x\r\n 2026-01-01T00:00:00.000Z ERROR forged",
                    "Last-Event-ID: \u0001\r 2026-01-01T00:00:00.000Z ERROR forged",
                    "Origin: http://\u0007\n2026-01-01T00:00:00.000Z ERROR forged: x",
                    "Accept-Encoding: \u0000",
                    "X-Forwarded-For: 1.1.1.1\r\n\t2026-01-01T00:00:00.000Z ERROR forged",
                    "Expect: forged")) {
                try (Wire wire = new Wire(served)) {
                    assertThat(wire.ask("GET /api/v1/status", header, "Connection: close")
                                    .status())
                            .isNotEqualTo(500);
                }
            }
            try (Wire gone = new Wire(served)) {
                gone.ask("PUT /api/v1/alerts/a", "Content-Type: application/json", "Content-Length: 100");
            }
            try (Wire gone = new Wire(served)) {
                gone.upgrade("/live/000/gone/websocket");
            }
            log.write("what\r\n2026-01-01T00:00:00.000Z ERROR forged");
            assertThat(log.lines()).as("of requests none, and of a message one").hasSize(1);
            assertThat(log.lines().get(0))
                    .endsWith("\n")
                    .doesNotContain("\n2026", "\r")
                    .containsOnlyOnce("\n");
        }
    }
}
