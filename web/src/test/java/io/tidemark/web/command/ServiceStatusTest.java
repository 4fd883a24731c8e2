package io.tidemark.web.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tidemark.views.verify.RunningService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceStatusTest {
    private HttpServer server;
    private int status = 200;
    private String body = "";
    private String authorization;
    private String path;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", request -> {
            path = request.getRequestURI().getPath();
            authorization = request.getRequestHeaders().getFirst("Authorization");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            request.sendResponseHeaders(status, bytes.length);
            request.getResponseBody().write(bytes);
            request.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private ServiceStatus fetch(String below) throws IOException {
        return fetch(
                ServiceAddress.parse("http://127.0.0.1:" + server.getAddress().getPort() + below));
    }

    private static ServiceStatus fetch(URI service) throws IOException {
        return ServiceStatus.fetch(new RunningService(service, Optional.of("t0")));
    }

    @Test
    void aStaleTableIsToldWithItsReasonItsAgeAndWhatItMeans() throws IOException {
        body = """
                {"state":"stale","reason":"[s3://b/t@8] Reader feature 'x' is not supported.\\u001b[31m\\nforged",
                 "warnings":["The table has no column 'shop'."],"findings":[{"message":"2 rows have no 'ts'."}],
                 "table":{"name":"events","uri":"s3://b/t","files":12,"rows":34567},
                 "version":7,"lag":2,"freshnessSeconds":7384.2,"committedAt":"2026-01-01T12:00:05Z",
                 "progress":{"files":9,"filesDone":4,"rowsPerSecond":1000},"engine":"embedded","subscribers":3,
                 "memory":{"heapUsedBytes":104857600,"heapMaxBytes":536870912,"storeBytes":2097152},
                 "lastError":{"message":"before","at":"2026-01-01T00:00:00Z"},"uptimeSeconds":90}""";

        ServiceStatus found = fetch("/t/events");

        assertThat(path).isEqualTo("/t/events/api/v1/status");
        assertThat(authorization).isEqualTo("Bearer t0");
        assertThat(found.isWell()).isFalse();
        assertThat(found.text())
                .allSatisfy(line -> assertThat(line).doesNotContainPattern("\\p{Cntrl}"))
                .first()
                .asString()
                .startsWith("events is STALE: Following has stopped before a version.");
        assertThat(String.join("\n", found.text()))
                .contains("reason      [s3://b/t@8] Reader feature 'x' is not supported.")
                .contains("7, 2 behind the newest that is known; committed 2026-01-01T12:00:05Z")
                .contains("2 h 3 min ago")
                .contains("4 of 9 files counted, 1,000 rows a second")
                .contains("34,567 rows in 12 files; 2 MB of state; 100 of 512 MB of heap")
                .contains("last error  2026-01-01T00:00:00Z before")
                .contains("warning     The table has no column 'shop'.")
                .contains("finding     2 rows have no 'ts'.");
    }

    @Test
    void eachStateHasAMeaningAndIsWellOrNot() throws IOException {
        for (String state : new String[] {"waiting", "bootstrapping", "catching-up", "live", "stale", "failed"}) {
            body = "{\"state\":\"" + state + "\",\"version\":-1,\"reason\":null}";
            ServiceStatus found = fetch("/");
            assertThat(found.text().get(0)).containsPattern(": [A-Z].*\\.$");
            assertThat(String.join("\n", found.text()))
                    .contains("none is served yet", "never known")
                    .doesNotContain("  reason");
            assertThat(found.isWell())
                    .isEqualTo(List.of("bootstrapping", "catching-up", "live").contains(state));
        }
    }

    @Test
    void whatIsNoStatusIsSaidWithTheAddress() {
        status = 401;
        assertThatThrownBy(() -> fetch("/")).hasMessageContaining("TIDEMARK_AUTH_TOKENS");
        status = 200;
        body = "<html>hello</html>";
        assertThatThrownBy(() -> fetch("/")).hasMessageContaining("/api/v1/status answered, and not with a status");
        assertThatThrownBy(() -> fetch(URI.create("http://127.0.0.1:1/")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No answer from http://127.0.0.1:1/api/v1/status");
    }
}
