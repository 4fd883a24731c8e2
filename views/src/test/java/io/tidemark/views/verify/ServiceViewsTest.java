package io.tidemark.views.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceViewsTest {
    private static final CubeSpec SPEC = new CubeSpec(
            Optional.of("timestamp"),
            List.of(new Dimension("channel", "channel"), new Dimension("type", "event_type")),
            Optional.of("session_id"));

    private static final String ANSWER = "{\"version\":1234,\"epoch\":\"e\",\"source\":\"cube\","
            + "\"totals\":{\"events\":12,\"noTime\":1,\"sessions\":5,\"values\":{\"channel\":1,\"type\":1}},"
            + "\"hourly\":[{\"hour\":\"2026-01-01T11:00:00.000Z\",\"count\":11}],"
            + "\"channel\":[{\"value\":\"web\",\"count\":10},{\"value\":null,\"count\":2}],"
            + "\"type\":[{\"value\":\"click\",\"count\":12}],"
            + "\"heatmap\":[{\"channel\":null,\"type\":\"click\",\"count\":2},{\"channel\":\"web\",\"type\":\"click\",\"count\":10}]}";

    @Test
    void everyNumberOfTheAnswerIsTaken() throws IOException {
        ServiceViews views = parse(ANSWER, SPEC);

        assertThat(views.version()).isEqualTo(1234);
        assertThat(views.cells().size()).isEqualTo(11);
        assertThat(views.cells().count("totals", List.of("sessions"))).isEqualTo(5);
        assertThat(views.cells().count("totals", List.of("values", "type"))).isEqualTo(1);
        assertThat(views.cells().count("hourly", List.of("2026-01-01T11:00:00Z")))
                .isEqualTo(11);
        assertThat(views.cells().count("channel", Arrays.asList((String) null))).isEqualTo(2);
        assertThat(views.cells().count("heatmap", Arrays.asList(null, "click"))).isEqualTo(2);
    }

    @Test
    void whatTheAnswerDoesNotListIsComparedAsASum() throws IOException {
        ServiceViews cut = parse(ANSWER.replace("\"heatmap\"", "\"other\":{\"channel\":7},\"heatmap\""), SPEC);
        Cells counted = parse(
                        ANSWER.replace(
                                "{\"value\":null,\"count\":2}",
                                "{\"value\":null,\"count\":2},{\"value\":\"a\",\"count\":3},{\"value\":\"b\",\"count\":4}"),
                        SPEC)
                .cells();

        counted.listAs(cut.cells());

        assertThat(Comparison.of(cut.cells(), counted, 5).first()).isEmpty();
        cut.cells().drop("channel", "web");
        assertThat(Comparison.of(cut.cells(), counted, 5).differences()).isEqualTo(1);
    }

    @Test
    void anAnswerThatNamesAGroupTwiceIsNotTaken() {
        String twice = ANSWER.replace("\"type\":[", "\"type\":[{\"value\":\"click\",\"count\":1},");

        assertThatThrownBy(() -> parse(twice, SPEC)).hasMessageContaining("twice");
    }

    private static ServiceViews parse(String answer, CubeSpec spec) throws IOException {
        return ServiceViews.of(new ObjectMapper().readTree(answer), spec);
    }

    @Test
    void aServiceIsAskedUnderItsPathAndWithItsToken() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/t/events/api/v1/views", exchange -> {
            boolean known = "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = (known ? ANSWER : "{\"detail\":\"No token.\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            URI service = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/t/events");

            assertThat(ServiceViews.fetch(new RunningService(service, Optional.of("secret")), SPEC)
                            .version())
                    .isEqualTo(1234);
            assertThatThrownBy(() -> ServiceViews.fetch(new RunningService(service, Optional.empty()), SPEC))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("/t/events/api/v1/views wants a token: set TIDEMARK_AUTH_TOKENS.");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatIsNotATidemarkAnswerIsSaidToBeNone() {
        assertThatThrownBy(() -> parse("{}", SPEC)).hasMessageContaining("is this a Tidemark service?");
    }
}
