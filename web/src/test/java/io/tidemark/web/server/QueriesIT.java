package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.web.config.ScanSettings;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a scan of files can answer, asked of a real server. */
class QueriesIT {
    private static final long SEED = Long.getLong("tidemark.seed", System.nanoTime());
    private static final String PART_HOURS = "from=2026-01-01T03:20:00Z&to=2026-01-01T21:40:30Z";
    private static final Predicate<EventRow> IN_PART_HOURS =
            row -> !row.time().isBefore(Instant.parse("2026-01-01T03:20:00Z"))
                    && row.time().isBefore(Instant.parse("2026-01-01T21:40:30Z"));

    private final Random random = new Random(SEED);

    @TempDir
    private Path directory;

    private ServedFork fork;
    private Served served;

    private void serve(ScanSettings settings, int commits) throws Exception {
        System.out.println("QueriesIT: -Dtidemark.seed=" + SEED);
        fork = new ServedFork(directory, random, settings);
        served = fork.served;
        for (int i = 0; i < commits; i++) {
            fork.table.commit();
            if (i % 3 == 0) {
                fork.settle();
            }
        }
        fork.settle();
    }

    @AfterEach
    void stop() throws Exception {
        fork.close();
    }

    @Test
    void partHoursAndExactSessionsAreCountedByAScan() throws Exception {
        serve(ScanSettings.DEFAULT, 10);

        JsonObject page = served.json("/api/v1/views?" + PART_HOURS);
        JsonObject exact = served.json("/api/v1/views?sessions=exact&channel=web&null=channel&" + PART_HOURS);
        JsonObject whole = served.json("/api/v1/views?sessions=exact&channel=");

        Map<String, Long> expected = counts(IN_PART_HOURS);
        expected.remove("sessions");
        assertThat(EventRow.served(page)).isEqualTo(expected);
        assertThat(page.getString("source")).isEqualTo("scan");
        assertThat(page.getJsonObject("totals").getMap()).containsEntry("sessions", null);
        assertThat(EventRow.served(exact))
                .isEqualTo(counts(IN_PART_HOURS.and(
                        row -> row.channel() == null || row.channel().equals("web"))));
        assertThat(EventRow.served(whole)).isEqualTo(counts(row -> "".equals(row.channel())));
        assertThat(served.json("/api/v1/views/channel?" + PART_HOURS).getJsonArray("channel"))
                .isEqualTo(page.getJsonArray("channel"));
    }

    @Test
    void aScannedAnswerIsKeptAndAskedForByItsTag() throws Exception {
        serve(ScanSettings.DEFAULT, 4);
        String path = "/api/v1/views?" + PART_HOURS;

        HttpResponse<String> first = served.get(path);
        fork.files.delay(1);
        HttpResponse<String> again = served.get(path);
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> unchanged = served.get(path, "If-None-Match", tag);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(fork.files.opened()).isZero();
        assertThat(first.headers().firstValue("Tidemark-Version")).hasValue("" + fork.table.version());
    }

    @Test
    void everyVersionThatTheLogHasCanBeAskedFor() throws Exception {
        serve(ScanSettings.DEFAULT, 8);
        Map<Long, List<EventRow>> history = fork.table.histories().get(0);

        for (long version = 0; version <= fork.table.version(); version++) {
            List<EventRow> rows = history.get(version);
            HttpResponse<String> answer = served.get("/api/v1/views?version=" + version);
            JsonObject page = new JsonObject(answer.body());
            assertThat(EventRow.served(page)).as("version %d", version).isEqualTo(EventRow.count(rows));
            assertThat(page.getLong("version")).isEqualTo(version);
            assertThat(answer.headers().firstValue("Tidemark-Version")).hasValue("" + version);
            assertThat(EventRow.served(
                            served.json("/api/v1/views?" + PART_HOURS + "&sessions=exact&version=" + version)))
                    .isEqualTo(
                            EventRow.count(rows.stream().filter(IN_PART_HOURS).toList()));
            JsonObject events = served.json("/api/v1/events?limit=1000&version=" + version);
            assertThat(events.getJsonArray("events").stream()
                            .map(row -> EventRow.of((JsonObject) row))
                            .toList())
                    .containsExactlyInAnyOrderElementsOf(rows);
        }
        assertProblem(served.get("/api/v1/views?version=" + (fork.table.version() + 1)), 404, "unknown-version");
        assertProblem(served.get("/api/v1/events?version=" + (fork.table.version() + 1)), 404, "unknown-version");
        assertProblem(served.get("/api/v1/views?version=-1"), 400, "bad-parameter");
    }

    @Test
    void oneScanTooManyIsRefusedAndOneWhoseClientGoesIsCancelledAtOnce() throws Exception {
        serve(new ScanSettings(1, 1, Duration.ofMinutes(5)), 30);
        fork.files.delay(400);
        int all = fork.table.rows().size();

        try (Socket client = new Socket("127.0.0.1", served.port)) {
            client.getOutputStream()
                    .write(("GET /api/v1/views?sessions=exact&channel=web HTTP/1.1\r\nHost: x\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            Eventually.holds("a file is read", () -> fork.files.opened() > 0);
            HttpResponse<String> refused = served.get("/api/v1/events?channel=web");
            assertProblem(refused, 429, "too-many-scans");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(served.known("tidemark_scans_running")).isEqualTo(1);
        }
        Eventually.holds("nothing runs", () -> served.known("tidemark_scans_running") == 0);

        assertThat(fork.files.opened()).isLessThan(all);
        assertThat(served.known("tidemark_scans_cancelled_total")).isEqualTo(1);
        assertThat(served.known("tidemark_scans_refused_total")).isEqualTo(1);
        fork.files.delay(0);
        assertThat(served.get("/api/v1/events?channel=web").statusCode()).isEqualTo(200);
    }

    @Test
    void aScanIsStoppedAtItsDeadline() throws Exception {
        serve(new ScanSettings(1, 4, Duration.ofMillis(300)), 20);
        fork.files.delay(150);

        assertProblem(served.get("/api/v1/views?sessions=exact&channel=web"), 504, "deadline");

        Eventually.holds("nothing runs", () -> served.known("tidemark_scans_running") == 0);
        assertThat(served.known("tidemark_scans_timed_out_total")).isEqualTo(1);
    }

    @Test
    void thoseWhoAskForTheSameShareOneScan() throws Exception {
        serve(new ScanSettings(1, 1, Duration.ofMinutes(5)), 6);
        String path = "/api/v1/views?sessions=exact&channel=web";
        fork.files.delay(100);

        var answers = List.of(served.getAsync(path), served.getAsync(path), served.getAsync(path));

        for (var answer : answers) {
            assertThat(EventRow.served(new JsonObject(answer.join().body())))
                    .isEqualTo(counts(row -> "web".equals(row.channel())));
        }
    }

    private Map<String, Long> counts(Predicate<EventRow> selected) {
        return EventRow.count(fork.table.rows().stream().filter(selected).toList());
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(status);
        assertThat(new JsonObject(answer.body()).getString("type")).isEqualTo("/problems/" + code);
    }
}
