package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.web.live.HubLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Where an object store says that something was written. */
class NotifyIT {
    private static final String PATH = "/api/v1/notify";

    private final AtomicInteger woken = new AtomicInteger();
    private final FakeTable table = new FakeTable("events", FakeTable.SPEC) {
        @Override
        public void wake() {
            woken.incrementAndGet();
        }
    };

    private static String written(String key) {
        return "{\"Records\":[{\"s3\":{\"bucket\":{\"name\":\"bucket\"},\"object\":{\"key\":\"" + key + "\"}}}]}";
    }

    @Test
    void aCommitWakesAndOtherObjectsDoNot() throws Exception {
        try (Served served = new Served(table)) {
            assertThat(served.post(PATH, written("events%2Fpart.parquet")).statusCode())
                    .isEqualTo(204);
            assertThat(woken).hasValue(0);
            assertThat(served.post("/t/events" + PATH, written("events%2F_delta_log%2F1.json"))
                            .statusCode())
                    .isEqualTo(204);
            Eventually.holds("it is woken", () -> woken.get() == 1);
        }
    }

    @Test
    void manyNotificationsAreFewQuestions() throws Exception {
        try (Served served = new Served(table)) {
            for (int i = 0; i < 300; i++) {
                assertThat(served.post(PATH, "").statusCode()).isEqualTo(204);
            }
            assertThat(woken.get()).isBetween(1, 200);
            int before = woken.get();
            Eventually.holds("the last one is not lost", () -> {
                served.post(PATH, "");
                return woken.get() > before;
            });
        }
    }

    @Test
    void whatIsNoNotificationIsRefused() throws IOException {
        try (Served served = new Served(table)) {
            RestIT.assertProblem(served.post(PATH, "not json"), 400, "bad-request");
            RestIT.assertProblem(served.post(PATH + "?x=1", ""), 400, "unknown-parameter");
            RestIT.assertProblem(served.post(PATH, " ".repeat(300 << 10)), 413, "too-large");
            RestIT.assertProblem(served.get(PATH), 405, "method-not-allowed");
            assertThat(served.get(PATH).headers().firstValue("Allow")).hasValue("POST");
            assertThat(woken).hasValue(0);
        }
    }

    @Test
    void onlyWhoHasATokenAndNoPageOfAnotherOriginMayWake() throws IOException {
        try (Served served = new Served(HubLimits.DEFAULT, List.of("the-token"), table)) {
            assertThat(served.post(PATH, "").statusCode()).isEqualTo(401);
            assertThat(served.send("POST", PATH, "Authorization", "Bearer the-token")
                            .statusCode())
                    .isEqualTo(204);
        }
        woken.set(0);
        try (Served served = new Served(table)) {
            assertThat(statusFrom(served, "http://evil.example")).isEqualTo(403);
            assertThat(woken).hasValue(0);
            assertThat(statusFrom(served, "http://localhost:" + served.port)).isEqualTo(204);
        }
    }

    /** Java's own client sets no Origin. */
    private static int statusFrom(Served served, String origin) throws IOException {
        try (Socket socket = new Socket("localhost", served.port)) {
            String head = "POST " + PATH + " HTTP/1.1\r\nHost: localhost:" + served.port + "\r\nOrigin: " + origin
                    + "\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return Integer.parseInt(new String(in.readNBytes(12), StandardCharsets.US_ASCII).substring(9));
        }
    }
}
