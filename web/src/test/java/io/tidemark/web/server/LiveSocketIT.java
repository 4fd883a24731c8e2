package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.tail.TailState;
import io.tidemark.views.cube.Contribution;
import io.tidemark.views.cube.ServedLimits;
import io.tidemark.views.store.ViewState;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LiveSocketIT {
    private static final long SEED = Long.getLong("tidemark.seed", System.nanoTime() & 0xffff_ffffL);

    /** A filter on the socket, and the same for REST. */
    private static final Map<String, String> FILTERS = Map.of(
            "{}", "",
            "{\"channel\":[\"web\",\"\"]}", "channel=web&channel=",
            "{\"null\":[\"type\"],\"type\":[\"message\"]}", "null=type&type=message",
            "{\"platform\":[null]}", "null=platform",
            "{\"from\":\"2026-01-01\",\"to\":\"2026-01-01T20:00:00Z\"}", "from=2026-01-01&to=2026-01-01T20:00:00Z");

    private final FakeTable table = FakeTable.create();
    private Served served;

    @BeforeEach
    void serve() throws IOException {
        served = new Served(table);
    }

    @Test
    void whereOnlyTheFirstGroupsAreListedASubscriberHoldsThoseThatRestListsAtEachVersion() throws Exception {
        served.close();
        table.limits(new ServedLimits(2, 4, 7, 9));
        served = new Served(table);
        whoAppliesSnapshotAndUpdatesHoldsWhatRestAnswersAtEachVersion(Transport.WEBSOCKET);
        for (int i = 0; i < 8; i++) {
            table.add(table.file(Rows.HOUR + i, 1, "c" + i, "type" + i, "ios", "too long to be listed"));
        }
        JsonObject other = served.json("/api/v1/views").getJsonObject("other");
        assertThat(other.fieldNames()).contains("hourly", "channel", "type", "category", "heatmap");
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void whoAppliesSnapshotAndUpdatesHoldsWhatRestAnswersAtEachVersion(Transport transport) throws Exception {
        Random random = new Random(SEED);
        System.out.println("tidemark.seed=" + SEED);
        List<Contribution> live = new ArrayList<>();
        step(random, live);
        for (Map.Entry<String, String> filter : FILTERS.entrySet()) {
            Subscriber subscriber = new Subscriber("main");
            Transport.Connection connection = transport.open(served.port, "", subscriber::received);
            connection.send(subscribe(filter.getKey(), null));
            for (int i = 0; i < 25; i++) {
                if (random.nextInt(8) == 0) {
                    // Away for some steps, then back with what it holds.
                    connection.close();
                    for (int missed = random.nextInt(4); missed > 0; missed--) {
                        step(random, live);
                    }
                    connection = transport.open(served.port, "", subscriber::received);
                    connection.send(subscribe(filter.getKey(), subscriber));
                } else {
                    ViewState state = step(random, live);
                    subscriber.reach(state.epoch(), state.version());
                    assertEqualsRest(subscriber, filter.getValue());
                }
            }
            connection.close();
        }
    }

    /** Files come, go, and come back; now and then the table is made anew, or a column turns up. */
    private ViewState step(Random random, List<Contribution> live) {
        if (random.nextInt(40) == 0) {
            live.clear();
            Contribution file = table.file(Rows.random(random));
            live.add(file);
            return table.recreate("epoch-" + random.nextInt(), file);
        }
        List<Contribution> added = new ArrayList<>();
        List<Contribution> removed = new ArrayList<>();
        while (!live.isEmpty() && random.nextInt(3) == 0) {
            removed.add(live.remove(random.nextInt(live.size())));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            added.add(table.file(Rows.random(random)));
        }
        live.addAll(added);
        return table.commit(added, removed);
    }

    private static String subscribe(String filter, Subscriber since) {
        JsonObject message =
                new JsonObject().put("op", "subscribe").put("id", "main").put("filter", new JsonObject(filter));
        if (since != null && since.epoch != null) {
            message.put("since", new JsonObject().put("epoch", since.epoch).put("version", since.version));
        }
        return message.encode();
    }

    private void assertEqualsRest(Subscriber subscriber, String query) throws IOException {
        JsonObject rest = served.json("/api/v1/views?" + query);
        assertThat(subscriber.version).isEqualTo(rest.getLong("version"));
        for (String meta : List.of("version", "epoch", "committedAt", "appliedAt", "source")) {
            rest.remove(meta);
        }
        assertThat(subscriber.views)
                .as("seed %d, %s, version %d", SEED, query, subscriber.version)
                .isEqualTo(rest);
    }

    @Test
    void whoComesBackSoonGetsOnlyTheDifference() throws Exception {
        table.add(table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"));
        table.add(table.file(Rows.HOUR, 1, "mobile", "page_view", "ios", "a"));
        table.add(table.file(Rows.HOUR + 1, 1, "web", "page_view", "ios", "a"));
        Subscriber subscriber = new Subscriber("x");
        try (Transport.Connection connection = Transport.WEBSOCKET.open(served.port, "", subscriber::received)) {
            connection.send(
                    "{\"op\":\"subscribe\",\"id\":\"x\",\"views\":[\"hourly\"],\"since\":{\"epoch\":\"epoch-1\",\"version\":1}}");
            JsonObject first = subscriber.next();
            assertThat(first.getString("op")).isEqualTo("update");
            assertThat(first.getLong("from")).isEqualTo(1);
            assertThat(first.getLong("version")).isEqualTo(2);
            assertThat(first.getJsonObject("views").encode())
                    .isEqualTo("{\"hourly\":[{\"hour\":\"2026-01-01T01:00:00Z\",\"count\":1}]}");
            connection.send("{\"op\":\"subscribe\",\"id\":\"x\",\"since\":{\"epoch\":\"epoch-1\",\"version\":2}}");
            assertThat(subscriber.next("update").getJsonObject("views")).isEmpty();
            for (String since :
                    List.of("{\"epoch\":\"epoch-0\",\"version\":1}", "{\"epoch\":\"epoch-1\",\"version\":7}")) {
                connection.send("{\"op\":\"subscribe\",\"id\":\"x\",\"since\":" + since + "}");
                assertThat(subscriber.next("snapshot").getLong("version")).isEqualTo(2);
            }
        }
    }

    @Test
    void beforeAFirstVersionASubscriberIsToldHowItIsGoing() throws Exception {
        Subscriber subscriber = new Subscriber("main");
        try (Transport.Connection connection = Transport.WEBSOCKET.open(served.port, "", subscriber::received)) {
            connection.send("{\"op\":\"subscribe\",\"id\":\"main\"}");
            assertThat(subscriber.next().getString("state")).isEqualTo("waiting");
            table.status(TailState.BOOTSTRAPPING, null);
            assertThat(subscriber.next().getString("state")).isEqualTo("bootstrapping");
            table.add(table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"));
            assertThat(subscriber.next("snapshot").getLong("version")).isZero();
        }
    }

    @Test
    void aColumnThatTurnsUpBringsASnapshotWithItsView() throws Exception {
        table.columns("timestamp", "channel");
        table.add(table.file(Rows.HOUR, 5, "web", null, null, null));
        Subscriber subscriber = new Subscriber("main");
        try (Transport.Connection connection = Transport.WEBSOCKET.open(served.port, "", subscriber::received)) {
            connection.send("{\"op\":\"subscribe\",\"id\":\"main\"}");
            assertThat(subscriber.next("snapshot").getJsonObject("views").fieldNames())
                    .containsExactly("totals", "hourly", "channel");
            table.columns("timestamp", "channel", "event_type");
            table.add(table.file(Rows.HOUR, 1, "web", "page_view", null, null));
            assertThat(subscriber
                            .next("snapshot")
                            .getJsonObject("views")
                            .getJsonArray("type")
                            .encode())
                    .isEqualTo("[{\"value\":null,\"count\":5},{\"value\":\"page_view\",\"count\":1}]");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    hello                                                          | bad-message
                    []                                                             | bad-message
                    {"op":"subscribe"}                                             | bad-message
                    {"op":"dance","id":"a"}                                        | bad-message
                    {"op":"subscribe","id":"a","filter":{"colour":["red"]}}        | bad-filter
                    {"op":"subscribe","id":"a","filter":{"channel":[1]}}           | bad-filter
                    {"op":"subscribe","id":"a","filter":"web"}                     | bad-filter
                    {"op":"subscribe","id":"a","filter":{"from":"soon"}}           | bad-filter
                    {"op":"subscribe","id":"a","filter":{"from":"2026-01-01T00:10:00Z"}} | needs-scan
                    {"op":"subscribe","id":"a","views":["colour"]}                 | bad-views
                    {"op":"subscribe","id":"a","since":7}                          | bad-since
                    {"op":"unsubscribe","id":"a"}                                  | unknown-id
                    """)
    void whatCannotBeUnderstoodIsAnsweredWithAnError(String message, String code) throws Exception {
        Subscriber subscriber = new Subscriber("a");
        try (Transport.Connection connection = Transport.WEBSOCKET.open(served.port, "", subscriber::received)) {
            connection.send(message);
            JsonObject error = subscriber.next("error");
            assertThat(error.getString("code")).isEqualTo(code);
            assertThat(error.getString("message")).isNotBlank();
            connection.send("{\"op\":\"subscribe\",\"id\":\"a\"}");
            assertThat(subscriber.next("status").getString("state"))
                    .as("the socket goes on")
                    .isEqualTo("waiting");
        }
    }

    @Test
    void whoUnsubscribesIsToldNoMore() throws Exception {
        table.add(table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"));
        Subscriber subscriber = new Subscriber("b");
        try (Transport.Connection connection = Transport.WEBSOCKET.open(served.port, "", subscriber::received)) {
            connection.send("{\"op\":\"subscribe\",\"id\":\"a\"}");
            connection.send("{\"op\":\"subscribe\",\"id\":\"b\",\"views\":[\"totals\"]}");
            subscriber.next("snapshot");
            assertThat(subscriber.next("snapshot").getString("id")).isEqualTo("b");
            connection.send("{\"op\":\"unsubscribe\",\"id\":\"a\"}");
            connection.send("{\"op\":\"unsubscribe\",\"id\":\"a\"}");
            assertThat(subscriber.next("error").getString("code")).isEqualTo("unknown-id");
            table.add(table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"));
            assertThat(subscriber.next("update").getString("id")).isEqualTo("b");
            table.add(table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"));
            JsonObject second = subscriber.next("update");
            assertThat(second.getString("id")).isEqualTo("b");
            assertThat(second.getJsonObject("views").fieldNames()).containsExactly("totals");
        }
    }
}
