package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.web.config.ScanSettings;
import io.tidemark.web.engine.EmbeddedEngine;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Funnels and cohorts of a real server, beside what DuckDB makes of the same files. */
class AnalysesIT {
    private static final long SEED = Long.getLong("tidemark.seed", System.nanoTime());

    private final Random random = new Random(SEED);

    @TempDir
    private Path directory;

    @Test
    void funnelsAndCohortsAreThoseOfDuckDbAtEachVersion() throws Exception {
        System.out.println("AnalysesIT: -Dtidemark.seed=" + SEED);
        try (DuckTable table = new DuckTable(directory.resolve("table"))) {
            for (int i = 0; i < 5; i++) {
                table.commit(100 + random.nextInt(2_000), "NULL", i == 3);
            }
            try (EmbeddedEngine engine = EmbeddedEngine.open(
                            "events", new LocalTableFiles(table.root()), directory.resolve("state"), FakeTable.SPEC);
                    Served served = new Served(engine)) {
                engine.start(2, Duration.ofMillis(20));
                Eventually.holds(
                        "all is served",
                        () -> engine.state()
                                .filter(state -> state.version() == table.version())
                                .isPresent());
                for (long version : List.of(table.version(), 1L)) {
                    compare(served, table, version);
                }
            }
        }
    }

    private void compare(Served served, DuckTable table, long version) throws Exception {
        for (int i = 0; i < 6; i++) {
            boolean byChannel = random.nextBoolean();
            List<String> values =
                    byChannel ? List.of("", "web", "mobile", "chat", "none") : List.of("page_view", "click");
            List<String> steps = new ArrayList<>();
            for (int s = 0; s < 2 + random.nextInt(4); s++) {
                steps.add(values.get(random.nextInt(values.size())));
            }
            int minutes = random.nextBoolean() ? 0 : 30 + random.nextInt(600);
            String filter = random.nextBoolean() ? "" : "&category=user&from=2026-01-01T06:30:00Z";
            String where = filter.isEmpty()
                    ? "true"
                    : "event_category = 'user' AND timestamp >= TIMESTAMPTZ '2026-01-01 06:30:00Z'";
            String address = "/api/v1/analyses/funnel?version=" + version + "&by=" + (byChannel ? "channel" : "type")
                    + "&step=" + String.join("&step=", steps) + (minutes == 0 ? "" : "&within=PT" + minutes + "M")
                    + filter;

            JsonObject funnel = served.json(address);

            assertThat(funnel.getLong("version")).isEqualTo(version);
            assertThat(funnel.getJsonArray("steps").stream()
                            .map(step -> ((JsonObject) step).getLong("sessions"))
                            .map(count -> "|<" + count + ">")
                            .toList())
                    .as(address)
                    .isEqualTo(table.rows(
                            funnelSql(byChannel ? "channel" : "event_type", steps, minutes, where, version)));
        }
        for (String unit : List.of("day", "week")) {
            for (String of : List.of("session_id", "region", "id")) {
                String address =
                        "/api/v1/analyses/cohort?channel=web&version=" + version + "&unit=" + unit + "&of=" + of;
                JsonObject cohorts = served.json(address);
                assertThat(cohortRows(cohorts))
                        .as(address)
                        .isEqualTo(table.rows(cohortSql(unit, of, "channel = 'web'", version)));
            }
        }
    }

    /** One row a step: each takes the first row with its value after the row of the step before. */
    private static String funnelSql(String column, List<String> steps, int minutes, String where, long version) {
        StringBuilder sql = new StringBuilder("WITH RECURSIVE rows AS (SELECT session_id AS s, timestamp AS t, "
                + column + " AS v FROM v" + version + " WHERE " + where + "), steps(n, v) AS (VALUES ");
        for (int i = 0; i < steps.size(); i++) {
            sql.append(i == 0 ? "" : ", ")
                    .append("(")
                    .append(i)
                    .append(", '")
                    .append(steps.get(i))
                    .append("')");
        }
        return sql.append("), walk(n, s, begin, t) AS (SELECT 0, s, min(t), min(t) FROM rows WHERE v = '")
                .append(steps.get(0))
                .append(
                        "' GROUP BY s UNION ALL SELECT DISTINCT w.n + 1, w.s, w.begin, min(r.t) OVER (PARTITION BY w.s)")
                .append(
                        " FROM walk w JOIN steps ON steps.n = w.n + 1 JOIN rows r ON r.s = w.s AND r.v = steps.v AND r.t > w.t")
                .append(minutes == 0 ? "" : " AND r.t <= w.begin + INTERVAL " + minutes + " MINUTE")
                .append(
                        ") SELECT count(w.s) FROM steps LEFT JOIN walk w ON w.n = steps.n GROUP BY steps.n ORDER BY steps.n")
                .toString();
    }

    private static String cohortSql(String unit, String of, String where, long version) {
        return "WITH seen AS (SELECT DISTINCT " + of + " AS i, date_trunc('" + unit + "', timestamp)::DATE AS u FROM v"
                + version + " WHERE " + where + " AND " + of + " IS NOT NULL), firsts AS (SELECT i, u, min(u) OVER"
                + " (PARTITION BY i) AS f FROM seen) SELECT f, date_diff('" + unit
                + "', f, u), count(*) FROM firsts GROUP BY ALL"
                + " ORDER BY 1, 2";
    }

    private static List<String> cohortRows(JsonObject answer) {
        List<String> rows = new ArrayList<>();
        for (Object each : answer.getJsonArray("cohorts")) {
            JsonObject cohort = (JsonObject) each;
            JsonArray counts = cohort.getJsonArray("counts");
            for (int k = 0; k < counts.size(); k++) {
                if (counts.getLong(k) > 0) {
                    rows.add("|<" + cohort.getString("first") + ">|<" + k + ">|<" + counts.getLong(k) + ">");
                }
            }
        }
        return rows;
    }

    private ServedFork fork(ScanSettings settings, int commits) throws Exception {
        ServedFork fork = new ServedFork(directory, random, settings);
        for (int i = 0; i < commits; i++) {
            fork.table.commit();
        }
        fork.settle();
        return fork;
    }

    @Test
    void rowsWithoutASessionAreLeftOutAndCounted() throws Exception {
        try (ServedFork fork = fork(ScanSettings.DEFAULT, 6)) {
            List<EventRow> rows = fork.table.rows();
            long without = rows.stream()
                    .filter(row -> row.session() == null || row.session().isEmpty())
                    .count();
            long withoutOfSteps = rows.stream()
                    .filter(row -> row.session() == null || row.session().isEmpty())
                    .filter(row -> row.type() != null)
                    .count();

            JsonObject cohorts = fork.served.json("/api/v1/analyses/cohort");
            JsonObject funnel = fork.served.json("/api/v1/analyses/funnel?step=page_view&step=click");

            assertThat(cohorts.getJsonObject("leftOut"))
                    .isEqualTo(new JsonObject().put("noId", without).put("noTime", 0));
            assertThat(funnel.getJsonObject("leftOut"))
                    .isEqualTo(new JsonObject().put("noSession", withoutOfSteps).put("noTime", 0));
            assertThat(cohorts.getLong("ids")).isEqualTo(EventRow.count(rows).get("sessions"));
        }
    }

    @Test
    void whoAcceptsAStreamIsToldHowFarItIsAndThenTheSameAnswer() throws Exception {
        try (ServedFork fork = fork(new ScanSettings(1, 4, Duration.ofMinutes(5)), 12)) {
            String path = "/api/v1/analyses/funnel?step=page_view&step=click";
            fork.files.delay(100);

            HttpResponse<String> stream = fork.served.get(path, "Accept", "text/event-stream");
            HttpResponse<String> plain = fork.served.get(path);
            HttpResponse<String> again = fork.served.get(path, "Accept", "text/event-stream");

            assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            List<String> events =
                    List.of(stream.body().substring(":\n\n".length()).split("\n\n"));
            assertThat(events.subList(0, events.size() - 1))
                    .isNotEmpty()
                    .allMatch(event -> event.startsWith("event: progress\n"));
            JsonObject progress = new JsonObject(data(events.get(0)));
            assertThat(progress.getLong("files"))
                    .isEqualTo(fork.engine.state().orElseThrow().files());
            assertThat(progress.getLong("filesDone")).isLessThan(progress.getLong("files"));
            assertThat(events.get(events.size() - 1)).isEqualTo("event: answer\ndata: " + plain.body());
            assertThat(again.body()).isEqualTo(":\n\nevent: answer\ndata: " + plain.body() + "\n\n");
            assertThat(plain.headers().firstValue("Vary").orElseThrow()).contains("Accept");
        }
    }

    private static String data(String event) {
        return event.substring(event.indexOf("data: ") + "data: ".length());
    }

    @Test
    void oneAnalysisTooManyIsRefusedAndOneWhoseClientGoesEnds() throws Exception {
        try (ServedFork fork = fork(new ScanSettings(1, 1, Duration.ofMinutes(5)), 30)) {
            String path = "/api/v1/analyses/cohort";
            fork.files.delay(1_000);

            try (Socket client = new Socket("127.0.0.1", fork.served.port)) {
                client.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                Eventually.holds("a file is read", () -> fork.files.opened() > 0);
                for (String accept : List.of("application/json", "text/event-stream")) {
                    HttpResponse<String> refused = fork.served.get(path, "Accept", accept);
                    assertThat(refused.statusCode()).isEqualTo(429);
                    assertThat(refused.body()).contains("too-many-scans");
                }
            }
            Eventually.holds(
                    "the place is free",
                    () -> fork.served.get(path + "?from=2030-01-01").statusCode() == 200);
            assertThat(fork.served.get("/metrics").body()).contains("tidemark_scans_cancelled_total 1.0");
        }
    }

    @Test
    void anAnalysisIsStoppedAtItsDeadline() throws Exception {
        try (ServedFork fork = fork(new ScanSettings(1, 4, Duration.ofMillis(300)), 12)) {
            String path = "/api/v1/analyses/cohort";
            fork.files.delay(250);

            HttpResponse<String> stream = fork.served.get(path, "Accept", "text/event-stream");

            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(stream.body()).contains("event: problem\ndata: {\"type\":\"/problems/deadline\"");
            assertThat(fork.served.get(path).statusCode()).isEqualTo(504);
        }
    }

    @Test
    void whatCannotBeAskedForIsRefusedInASentence() throws Exception {
        try (ServedFork fork = fork(ScanSettings.DEFAULT, 2)) {
            refused(fork, "funnel?step=a", 400, "A funnel has 2 to 10 steps, and not 1.");
            refused(fork, "funnel?step=a&step=b&within=P1M", 400, "'within' is");
            refused(fork, "funnel?step=a&step=b&version=999", 404, "999");
            refused(fork, "cohort?of=colour", 409, "The table has no column 'colour'");
            refused(fork, "cohort?of=session_id&of=channel", 400, "'of' is given more than once.");
        }
    }

    private static void refused(ServedFork fork, String path, int status, String words) throws Exception {
        HttpResponse<String> answer = fork.served.get("/api/v1/analyses/" + path);
        assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(status);
        assertThat(new JsonObject(answer.body()).getString("detail")).contains(words);
    }
}
