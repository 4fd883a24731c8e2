package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.tail.TailState;
import io.tidemark.web.config.ScanSettings;
import io.tidemark.web.config.WebhookSettings;
import io.tidemark.web.live.HubLimits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts, from what is measured to who is told. */
class AlertsIT {
    private static final String ALERTS = "/api/v1/alerts";

    @TempDir
    Path folder;

    private final FakeTable table = FakeTable.create();

    private void add(long rows) {
        table.add(table.file(Rows.HOUR, rows, "web", "page_view", "ios", "a"));
    }

    private static void put(Served served, String name, String definition) throws IOException {
        assertThat(served.put(ALERTS + '/' + name, definition.replace('\'', '"'))
                        .statusCode())
                .isEqualTo(201);
    }

    private static void awaitState(Served served, String name, String state) throws Exception {
        Eventually.holds(
                name + " is " + state,
                () -> state.equals(served.json(ALERTS + '/' + name).getString("state")));
    }

    private static Served posting(FakeTable table, Receiver receiver, String secret) throws IOException {
        WebhookSettings to = new WebhookSettings(
                receiver.address(),
                Optional.ofNullable(secret),
                10,
                4,
                Duration.ofSeconds(10),
                Duration.ofMillis(5),
                Duration.ofMillis(20));
        return new Served(
                new ServerOptions("127.0.0.1", 0, List.of(), List.of(), ScanSettings.DEFAULT).posting(List.of(to)),
                HubLimits.DEFAULT,
                table);
    }

    @Test
    void whoAskedHearsOfEachTurnOnceAndWhoDidNotHearsNothing() throws Exception {
        add(5);
        try (Served served = new Served(table)) {
            put(served, "many", "{'kind':'value','filter':{'channel':'web'},'above':10,'clear':7}");
            Subscriber asked = new Subscriber("main");
            Subscriber plain = new Subscriber("main");
            try (Transport.Connection one = Transport.WEBSOCKET.open(served.port, "", asked::received);
                    Transport.Connection other = Transport.SOCKJS_WEBSOCKET.open(served.port, "", plain::received)) {
                one.send("{\"op\":\"subscribe\",\"id\":\"main\",\"views\":[\"totals\"],\"alerts\":true}");
                other.send("{\"op\":\"subscribe\",\"id\":\"main\",\"views\":[\"totals\"]}");
                awaitState(served, "many", "ok");
                plain.apply(plain.next("snapshot"));
                add(6);
                JsonObject fired = asked.next("alert");
                while (!fired.getString("state").equals("firing")) {
                    fired = asked.next("alert");
                }
                assertThat(fired.getString("name")).isEqualTo("many");
                assertThat(fired.getLong("value")).isEqualTo(11);
                assertThat(fired.getLong("sinceVersion")).isEqualTo(1);
                add(1);
                table.commit(List.of(), List.of(table.file(Rows.HOUR, 3, "web", "page_view", "ios", "a")));
                table.commit(List.of(), List.of(table.file(Rows.HOUR, 2, "web", "page_view", "ios", "a")));
                JsonObject over = asked.next("alert");
                assertThat(over.getString("state")).isEqualTo("ok");
                assertThat(over.getLong("sinceVersion")).isEqualTo(4);
                assertThat(over.getString("message"))
                        .contains("many is all right")
                        .contains("7 events");

                plain.reach("epoch-1", 4);
                other.send("{\"op\":\"subscribe\",\"id\":\"end\",\"views\":[\"none\"]}");
                JsonObject last = plain.next();
                while (!last.getString("op").equals("error")) {
                    assertThat(last.getString("op")).isNotEqualTo("alert");
                    last = plain.next();
                }
            }
        }
    }

    @Test
    void serverSentEventsTellOfAlertsIfTheyAreAskedTo() throws Exception {
        add(5);
        try (Served served = new Served(table)) {
            put(served, "some", "{'kind':'value','above':1}");
            awaitState(served, "some", "firing");
            Subscriber asked = new Subscriber("main");
            try (java.net.Socket socket = new java.net.Socket("127.0.0.1", served.port)) {
                socket.getOutputStream()
                        .write("GET /api/v1/stream?views=totals&alerts=true HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                var lines = new java.io.BufferedReader(
                        new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                String line = lines.readLine();
                while (!line.startsWith("data: {\"op\":\"alert\"")) {
                    line = lines.readLine();
                }
                asked.received(line.substring("data: ".length()));
            }
            assertThat(asked.next("alert").getString("state")).isEqualTo("firing");
        }
    }

    @Test
    void aWebhookGetsEachTurnSignedAndIsTriedAgainWhileItFails() throws Exception {
        add(5);
        try (Receiver receiver = new Receiver(503, 429);
                Served served = posting(table, receiver, "s3cret")) {
            put(served, "some", "{'kind':'value','above':1}");
            Receiver.Post first = receiver.next();
            Receiver.Post second = receiver.next();
            Receiver.Post third = receiver.next();
            assertThat(List.of(second, third)).containsOnly(first);
            assertThat(first.json().getString("table")).isEqualTo("events");
            assertThat(first.json().getString("state")).isEqualTo("firing");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            assertThat(first.signature())
                    .isEqualTo("sha256="
                            + HexFormat.of().formatHex(mac.doFinal(first.body().getBytes(StandardCharsets.UTF_8))));

            table.commit(List.of(), List.of(table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a")));
            Receiver.Post over = receiver.next();
            assertThat(over.json().getString("state")).isEqualTo("ok");
            assertThat(over.delivery()).isNotEqualTo(first.delivery());
            assertThat(receiver.rest()).isEmpty();
            Eventually.holds(
                    "both were taken",
                    () -> served.get("/metrics")
                            .body()
                            .contains("tidemark_alert_webhook_messages_total{outcome=\"sent\"} 2.0"));
        }
    }

    @Test
    void whatAWebhookRefusesForGoodIsNotSentAgainAndDoesNotHoldUpTheRest() throws Exception {
        try (Receiver receiver = new Receiver(302, 400, 500, 500, 500, 500);
                Served served = posting(table, receiver, null)) {
            for (String name : List.of("a", "b", "c", "d")) {
                put(served, name, "{'kind':'state','states':['waiting']}");
                awaitState(served, name, "firing");
            }
            List<String> names = Arrays.asList("a", "b", "c", "c", "c", "c", "d");
            for (String name : names) {
                Receiver.Post post = receiver.next();
                assertThat(post.json().getString("name")).isEqualTo(name);
                assertThat(post.json().getString("value")).isEqualTo("waiting");
                assertThat(post.signature()).isNull();
            }
            Eventually.holds(
                    "three were given up",
                    () -> served.get("/metrics")
                            .body()
                            .contains("tidemark_alert_webhook_messages_total{outcome=\"failed\"} 3.0"));
        }
    }

    @Test
    void alertsOutliveARestartAndAreNotToldOfAgain() throws Exception {
        add(5);
        table.folder(folder);
        try (Served served = new Served(table)) {
            put(served, "some", "{'kind':'value','above':1}");
            awaitState(served, "some", "firing");
        }
        String since = new JsonObject(Files.readString(folder.resolve("alerts.json")))
                .getJsonArray("alerts")
                .getJsonObject(0)
                .getJsonObject("firing")
                .getString("since");
        try (Receiver receiver = new Receiver();
                Served served = posting(table, receiver, null)) {
            Eventually.holds(
                    "it was measured", () -> served.json(ALERTS + "/some").getValue("value") != null);
            assertThat(served.json(ALERTS + "/some").getString("since")).isEqualTo(since);
            put(served, "more", "{'kind':'value','above':2}");
            assertThat(receiver.next().json().getString("name")).isEqualTo("more");
        }
    }

    @Test
    void aDamagedFileIsSetAside() throws Exception {
        Files.writeString(folder.resolve("alerts.json"), "{\"format\":1,\"alerts\":[{");
        try (Served served = new Served(table.folder(folder))) {
            assertThat(served.json(ALERTS).getJsonArray("alerts")).isEqualTo(new JsonArray());
            put(served, "new", "{'kind':'freshness','above':1000}");
        }
        assertThat(folder.resolve("alerts.json.damaged")).exists();
        assertThat(folder.resolve("alerts.json")).content().contains("new");
    }

    @Test
    void countsOfTheLastHoursAndTheirChangeAreReadFromTheCube() throws Exception {
        long hour = Math.floorDiv(Instant.now().getEpochSecond(), 3600);
        // Either way right if an hour ends meanwhile.
        table.add(
                table.file(hour - 3, 20, "web", "page_view", "ios", "a"),
                table.file(hour - 30, 50, "web", "page_view", "ios", "a"),
                table.file(hour - 3, 100, "chat", "page_view", "ios", "a"));
        try (Served served = new Served(table)) {
            put(served, "window", "{'kind':'value','hours':24,'filter':{'channel':['web']},'above':19}");
            put(served, "drop", "{'kind':'change','hours':24,'filter':{'channel':['web']},'below':-50}");
            put(served, "rise", "{'kind':'change','hours':24,'unit':'events','above':1000}");
            put(served, "nothing", "{'kind':'change','hours':1000,'above':1}");
            awaitState(served, "window", "firing");
            awaitState(served, "drop", "firing");
            awaitState(served, "rise", "ok");
            assertThat(served.json(ALERTS + "/window").getLong("value")).isEqualTo(20);
            assertThat(served.json(ALERTS + "/drop").getDouble("value")).isEqualTo(-60);
            assertThat(served.json(ALERTS + "/rise").getLong("value")).isEqualTo(70);
            assertThat(served.json(ALERTS + "/nothing").getValue("value")).isNull();
            assertThat(served.json(ALERTS + "/nothing").getString("state")).isEqualTo("unknown");
        }
    }

    @Test
    void aTableThatStopsOrFallsSilentIsToldOf() throws Exception {
        add(1);
        try (Served served = new Served(table)) {
            put(served, "stopped", "{'kind':'state'}");
            put(served, "silent", "{'kind':'freshness','of':'commit','above':60}"); // the fake's commits are old
            awaitState(served, "stopped", "ok");
            awaitState(served, "silent", "firing");
            table.status(TailState.STALE, "version 1 cannot be read");
            awaitState(served, "stopped", "firing");
            assertThat(served.json(ALERTS + "/stopped").getString("value")).isEqualTo("stale");
            table.status(TailState.LIVE, null);
            awaitState(served, "stopped", "ok");
        }
    }

    @Test
    void thereAreAtMostAHundredAndPagesOfOtherOriginsMakeNone() throws Exception {
        try (Served served = new Served(table)) {
            for (int i = 0; i < 100; i++) {
                put(served, "a" + i, "{'kind':'state'}");
            }
            RestIT.assertProblem(served.put(ALERTS + "/one", "{\"kind\":\"state\"}"), 409, "too-many-alerts");
            assertThat(served.put(ALERTS + "/a1", "{\"kind\":\"freshness\",\"above\":5}")
                            .statusCode())
                    .isEqualTo(200);
            RestIT.assertProblem(
                    served.put(ALERTS + "/a1", "{\"kind\":\"state\"}", "Origin", "http://evil.example"),
                    403,
                    "forbidden");
            RestIT.assertProblem(
                    served.send("DELETE", ALERTS + "/a1", "Origin", "http://evil.example"), 403, "forbidden");
            RestIT.assertProblem(
                    served.put(ALERTS + "/a1", "{\"kind\":\"state\"}", "Sec-Fetch-Site", "cross-site"),
                    403,
                    "forbidden");
            RestIT.assertProblem(served.put(ALERTS + "/a1", "{\"kind\":\"sum\"}"), 400, "bad-alert");
            RestIT.assertProblem(served.send("PUT", ALERTS + "/a1"), 415, "bad-media-type");
            RestIT.assertProblem(served.post(ALERTS + "/a1", ""), 405, "method-not-allowed");
        }
    }

    @Test
    void namesThatLookLikeMarkupStayText() throws Exception {
        add(5);
        try (Served served = new Served(table)) {
            put(served, "%3Cimg%20src=x%3E%20%22%F0%9F%8C%8A", "{'kind':'value','above':1}");
            Eventually.holds(
                    "it fires",
                    () -> served.json(ALERTS)
                            .getJsonArray("alerts")
                            .getJsonObject(0)
                            .getString("state")
                            .equals("firing"));
            assertThat(served.json(ALERTS)
                            .getJsonArray("alerts")
                            .getJsonObject(0)
                            .getString("name"))
                    .isEqualTo("<img src=x> \"🌊");
            RestIT.assertProblem(served.put(ALERTS + "/a%0Ab", "{\"kind\":\"state\"}"), 400, "bad-alert");
        }
    }
}
