package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.views.cube.Contribution;
import io.tidemark.web.config.LimitSettings;
import io.tidemark.web.config.LimitSettings.Counts;
import io.tidemark.web.config.LimitSettings.Lengths;
import io.tidemark.web.config.LimitSettings.Most;
import io.tidemark.web.config.LimitSettings.Rates;
import io.tidemark.web.config.Rate;
import io.tidemark.web.limits.Refusal;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients may use up, each at its limit: as much as is allowed is served, one more is refused, and what is given back can be had. */
@Timeout(120)
class LimitsIT {
    private static final LimitSettings USUAL = LimitSettings.DEFAULT;
    private static final Most MANY = new Most(1000, 1000);
    /** None comes back within the time of a test. */
    private static final double SELDOM = 0.001;

    private static final String FORWARDED = "X-Forwarded-For";

    private final FakeTable table = FakeTable.create();

    private Served served(LimitSettings limits, String... tokens) throws IOException {
        table.add(table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"));
        return new Served(limits, List.of(tokens), table);
    }

    private static LimitSettings counts(Most connections, Most sockets, Most requests) {
        return USUAL.with(new Counts(connections, sockets, requests));
    }

    private static Rate burst(int number) {
        return new Rate(SELDOM, number);
    }

    /** Of those who say by a header who they are. */
    private static LimitSettings rates(Rate requests, Rate sockets, Rate messages, Rate wrongTokens) {
        return USUAL.with(new Rates(requests, sockets, messages, wrongTokens)).behind(List.of("127.0.0.1"));
    }

    @Test
    void asManyConnectionsAreOpenAsMayBeAndOneMoreIsToldSo() throws Exception {
        try (Served served = served(counts(new Most(3, 3), MANY, MANY));
                Wire first = new Wire(served)) {
            // With that of the client that asks for metrics.
            assertThat(first.ask("HEAD /healthz").status()).isEqualTo(200);
            Wire second = new Wire(served);
            assertThat(second.ask("HEAD /healthz").status()).isEqualTo(200);
            assertThat(served.metric("tidemark_connections")).isEqualTo(3);
            assertThat(served.metric("tidemark_connections_limit")).isEqualTo(3);
            try (Wire excess = new Wire(served)) {
                String answer = excess.ask("GET /api/v1/views").rest();
                assertThat(answer)
                        .startsWith("HTTP/1.1 503 ")
                        .containsIgnoringCase("\r\nretry-after: 5\r\n")
                        .contains("/problems/too-many-connections");
            }
            assertThat(served.metric("tidemark_connections")).isEqualTo(3);
            assertThat(served.refused(Refusal.CONNECTIONS)).isEqualTo(1);

            second.close();
            Eventually.holds("a place is free", () -> served.metric("tidemark_connections") == 2);
            try (Wire next = new Wire(served)) {
                assertThat(next.ask("HEAD /healthz").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void farTooManyConnectionsAreClosedAtOnceAndThoseThatAreOpenDoNotNotice() throws Exception {
        List<Wire> wires = new ArrayList<>();
        try (Served served = served(counts(new Most(2, 2), MANY, MANY));
                Wire first = new Wire(served)) {
            assertThat(served.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(first.ask("HEAD /healthz").status()).isEqualTo(200);
            for (int i = 0; i < 250; i++) {
                wires.add(new Wire(served));
            }
            // Which they are is not said: event loops take connections in side by side.
            Eventually.holds("50 are closed", () -> closed(wires) == 50);
            assertThat(first.ask("HEAD /healthz").status()).isEqualTo(200);
            assertThat(served.refused(Refusal.CONNECTIONS)).isEqualTo(250);
        } finally {
            for (Wire wire : wires) {
                wire.close();
            }
        }
    }

    private static long closed(List<Wire> wires) throws IOException {
        long closed = 0;
        for (Wire wire : wires) {
            closed += wire.isOpen() ? 0 : 1;
        }
        return closed;
    }

    @Test
    void oneAddressHasOnlyItsShareOfConnections() throws Exception {
        try (Served served = served(counts(new Most(100, 2), MANY, MANY).forLoopback());
                Wire first = new Wire(served)) {
            assertThat(served.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(first.ask("HEAD /healthz").status()).isEqualTo(200);
            try (Wire excess = new Wire(served)) {
                assertThat(excess.ask("HEAD /healthz").status()).isEqualTo(503);
            }
            assertThat(served.refused(Refusal.CLIENT_CONNECTIONS)).isEqualTo(1);
        }
    }

    @Test
    void byDefaultOneMachineIsNotLimitedForItsOwnClients() throws Exception {
        try (Served served = served(counts(new Most(100, 1), new Most(100, 1), new Most(100, 1)));
                Wire first = new Wire(served);
                Wire second = new Wire(served)) {
            first.upgrade("/live/websocket");
            second.upgrade("/live/websocket");
            assertThat(served.metric("tidemark_subscribers")).isEqualTo(2);
        }
    }

    @Test
    void oneAddressHasOnlyItsShareOfSocketsWhateverTheTransport() throws Exception {
        LimitSettings limits = counts(MANY, new Most(4, 2), MANY).behind(List.of("127.0.0.1"));
        try (Served served = served(limits);
                Wire socket = new Wire(served);
                Wire stream = new Wire(served);
                Wire excess = new Wire(served);
                Wire excessStream = new Wire(served);
                Wire excessSession = new Wire(served);
                Wire other = new Wire(served)) {
            String ann = FORWARDED + ": 198.51.100.1";
            socket.upgrade("/live/websocket", ann);
            assertThat(stream.ask("GET /api/v1/stream", ann).status()).isEqualTo(200);

            assertThat(excess.upgrade("/live/websocket", ann).closeCode()).isEqualTo(1013);
            assertThat(excessStream.ask("GET /api/v1/stream", ann).head())
                    .startsWith("http/1.1 503")
                    .contains("retry-after");
            assertThat(excessSession.upgrade("/live/000/s1/websocket", ann).closeCode())
                    .isEqualTo(1000);
            assertThat(served.refused(Refusal.CLIENT_SOCKETS)).isEqualTo(3);
            assertThat(served.metric("tidemark_subscribers")).isEqualTo(2);

            other.upgrade("/live/websocket", FORWARDED + ": 198.51.100.2");
            socket.close();
            Eventually.holds("the place of a socket is free", () -> served.metric("tidemark_subscribers") == 2);
            try (Wire again = new Wire(served)) {
                again.upgrade("/live/websocket", ann).text("{\"op\":\"subscribe\",\"id\":\"x\"}");
                Eventually.holds("it is in", () -> served.metric("tidemark_subscribers") == 3);
            }
        }
    }

    @Test
    void asManyRequestsGoOnAsMayBeAndOneMoreIsToldToComeAgain() throws Exception {
        try (Served served = served(counts(MANY, MANY, new Most(2, 2)));
                Wire first = new Wire(served);
                Wire second = new Wire(served)) {
            // Until their bodies are there, they go on.
            first.ask("PUT /api/v1/alerts/a", "Content-Type: application/json", "Content-Length: 2");
            second.ask("PUT /api/v1/alerts/a", "Content-Type: application/json", "Content-Length: 2");
            Eventually.holds("both go on", () -> served.metric("tidemark_requests_in_flight") == 2);

            HttpResponse<String> third = served.get("/api/v1/views");
            RestIT.assertProblem(third, 503, "busy");
            assertThat(third.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(served.refused(Refusal.REQUESTS)).isEqualTo(1);
            assertThat(served.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(served.get("/readyz").statusCode()).isEqualTo(200);

            first.send("{}");
            assertThat(first.status()).isEqualTo(400);
            assertThat(served.get("/api/v1/views").statusCode()).isEqualTo(200);
            second.close();
            Eventually.holds("nothing goes on", () -> served.metric("tidemark_requests_in_flight") == 0);
        }
    }

    @Test
    void oneClientHasOnlyItsShareOfRequestsThatGoOn() throws Exception {
        LimitSettings limits = counts(MANY, MANY, new Most(10, 1)).behind(List.of("127.0.0.1"));
        try (Served served = served(limits);
                Wire first = new Wire(served)) {
            first.ask("PUT /api/v1/alerts/a", FORWARDED + ": 198.51.100.1", "Content-Length: 2");
            Eventually.holds("it goes on", () -> served.metric("tidemark_requests_in_flight") == 1);
            RestIT.assertProblem(served.get("/api/v1/views", FORWARDED, "198.51.100.1"), 429, "too-many-requests");
            assertThat(served.get("/api/v1/views", FORWARDED, "198.51.100.2").statusCode())
                    .isEqualTo(200);
            assertThat(served.refused(Refusal.CLIENT_REQUESTS)).isEqualTo(1);
        }
    }

    @Test
    void whoLeavesMostUnreadIsCutOffWhenTooMuchWaitsForAllTogether() throws Exception {
        Lengths lengths = USUAL.lengths();
        long most = 1 << 20;
        List<Contribution> hours = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            hours.add(table.file(Rows.HOUR + i, 1, "web", "type " + i, "ios", "a"));
        }
        table.add(hours.toArray(Contribution[]::new));
        LimitSettings limits = USUAL.with(new Lengths(lengths.line(), lengths.headers(), lengths.message(), most));
        List<Wire> greedy = new ArrayList<>();
        try (Served served = served(limits);
                Wire modest = new Wire(served)) {
            assertThat(modest.ask("HEAD /healthz").status()).isEqualTo(200);
            while (served.refused(Refusal.UNSENT) == 0) {
                Wire wire = new Wire(served);
                greedy.add(wire);
                wire.send("GET /api/v1/views HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100));
            }
            Eventually.holds("little waits", () -> served.metric("tidemark_unsent_bytes") <= most);
            assertThat(served.metric("tidemark_connections")).isLessThan(greedy.size() + 2.0);
            assertThat(modest.ask("HEAD /healthz").status()).isEqualTo(200);
        } finally {
            for (Wire wire : greedy) {
                wire.close();
            }
        }
    }

    @Test
    void aThousandRequestsAtOnceLeaveNothingBehind() throws Exception {
        try (Served served = served(USUAL)) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                answers.add(served.getAsync(i % 3 == 0 ? "/api/v1/views" : i % 3 == 1 ? "/no/such/path" : "/"));
            }
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.join().statusCode()).isIn(200, 404);
            }
            assertThat(served.metric("tidemark_requests_in_flight")).isZero();
            assertThat(served.metric("tidemark_requests_refused_total")).isZero();
        }
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeAgainAndNobodyElseIs() throws Exception {
        try (Served served = served(rates(burst(3), Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED))) {
            String[] ann = {FORWARDED, "2001:db8:1:1::7"};
            for (int i = 0; i < 3; i++) {
                assertThat(served.get("/api/v1/views", ann).statusCode()).isEqualTo(200);
            }
            HttpResponse<String> refused = served.get("/api/v1/views", FORWARDED, "2001:db8:1:1:ffff::1");
            RestIT.assertProblem(refused, 429, "too-many-requests");
            assertThat(Integer.parseInt(
                            refused.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(1, 1000);
            assertThat(refused.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(served.get("/js/app.js", ann).statusCode()).isEqualTo(429);
            assertThat(served.get("/live/info", ann).statusCode()).isEqualTo(429);
            assertThat(served.get("/healthz", ann).statusCode()).isEqualTo(200);
            assertThat(served.refused(Refusal.REQUEST_RATE)).isEqualTo(3);

            assertThat(served.get("/api/v1/views", FORWARDED, "2001:db8:1:2::7").statusCode())
                    .isEqualTo(200);
            assertThat(served.get("/api/v1/views").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatSomebodySaysOfHimselfIsNotBelieved() throws Exception {
        LimitSettings limits = USUAL.with(new Rates(burst(3), Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED))
                .forLoopback();
        try (Served served = served(limits)) {
            for (int i = 0; i < 3; i++) {
                assertThat(served.get("/api/v1/views", FORWARDED, "198.51.100." + i)
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(served.get("/api/v1/views", FORWARDED, "198.51.100.9").statusCode())
                    .isEqualTo(429);
        }
    }

    @Test
    void tokensOfOneAddressAreClientsOfTheirOwn() throws Exception {
        try (Served served = served(rates(burst(2), Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED), "one", "two")) {
            for (int status : new int[] {200, 200, 429}) {
                assertThat(ask(served, "one", "198.51.100.1")).isEqualTo(status);
            }
            assertThat(ask(served, "two", "198.51.100.1")).isEqualTo(200);
            assertThat(ask(served, "one", "198.51.100.2"))
                    .as("wherever it is used from")
                    .isEqualTo(429);
        }
    }

    @Test
    void whoGuessesTokensIsSoonNotLookedAtAnyMore() throws Exception {
        try (Served served = served(rates(Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED, burst(3)), "right")) {
            String cookie = served.send(
                            "POST", "/api/v1/session", "Authorization", "Bearer right", FORWARDED, "198.51.100.1")
                    .headers()
                    .firstValue("Set-Cookie")
                    .orElseThrow()
                    .split(";")[0];
            for (int i = 0; i < 3; i++) {
                assertThat(ask(served, "guess" + i, "198.51.100.1")).isEqualTo(401);
            }
            assertThat(ask(served, "guess4", "198.51.100.1")).isEqualTo(429);
            assertThat(ask(served, "right", "198.51.100.1"))
                    .as("not even the right one: that would tell which it is")
                    .isEqualTo(429);
            assertThat(served.get("/api/v1/status", "Cookie", cookie, FORWARDED, "198.51.100.1")
                            .statusCode())
                    .as("a page that was let in before goes on")
                    .isEqualTo(200);
            assertThat(ask(served, "right", "198.51.100.2")).isEqualTo(200);
            String metrics =
                    served.get("/metrics", "Authorization", "Bearer right").body();
            assertThat(metrics)
                    .contains("tidemark_requests_refused_total{reason=\"token\"} 3.0")
                    .contains("tidemark_requests_refused_total{reason=\"token-rate\"} 2.0");
        }
    }

    private static int ask(Served served, String token, String client) throws IOException {
        return served.get("/api/v1/status", "Authorization", "Bearer " + token, FORWARDED, client)
                .statusCode();
    }

    @Test
    void whoOpensTooManySocketsASecondIsToldToComeAgain() throws Exception {
        String ann = FORWARDED + ": 198.51.100.1";
        try (Served served = served(rates(Rate.UNLIMITED, burst(2), Rate.UNLIMITED, Rate.UNLIMITED))) {
            for (int i = 0; i < 2; i++) {
                try (Wire wire = new Wire(served)) {
                    wire.upgrade("/live/websocket", ann);
                }
            }
            try (Wire third = new Wire(served);
                    Wire other = new Wire(served)) {
                assertThat(third.upgrade("/live/websocket", ann).closeCode()).isEqualTo(1013);
                other.upgrade("/live/websocket", FORWARDED + ": 198.51.100.2");
                Eventually.holds("the other is in", () -> served.metric("tidemark_subscribers") == 1);
            }
            assertThat(served.refused(Refusal.SOCKET_RATE)).isEqualTo(1);
        }
    }

    @Test
    void aSocketThatSaysTooMuchIsClosed() throws Exception {
        try (Served served = served(rates(Rate.UNLIMITED, Rate.UNLIMITED, burst(3), Rate.UNLIMITED));
                Wire loud = new Wire(served);
                Wire quiet = new Wire(served)) {
            quiet.upgrade("/live/websocket").text("{}").text("{}").text("{}");
            loud.upgrade("/live/websocket").text("{}").text("{}").text("{}").text("{}");
            assertThat(loud.closeCode()).isEqualTo(1008);
            loud.close();
            assertThat(served.refused(Refusal.MESSAGE_RATE)).isEqualTo(1);
            Eventually.holds("only that one is gone", () -> served.metric("tidemark_subscribers") == 1);
        }
    }
}
