package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.web.config.ScanSettings;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions that need scans, followed through random commits. */
class LiveScansIT {
    private static final long SEED = Long.getLong("tidemark.seed", System.nanoTime());
    private static final String PART_HOURS =
            "{\"from\":\"2026-01-01T03:20:00Z\",\"to\":\"2026-01-01T21:40:30Z\",\"channel\":[\"web\",null]}";

    @TempDir
    private Path directory;

    private ServedFork fork;

    private void serve(ScanSettings scans) throws Exception {
        System.out.println("LiveScansIT: -Dtidemark.seed=" + SEED);
        fork = new ServedFork(directory, new Random(SEED), scans);
        for (int i = 0; i < 4; i++) {
            fork.table.commit();
        }
        fork.settle();
    }

    @AfterEach
    void stop() throws Exception {
        fork.close();
    }

    private static boolean isInPartHours(EventRow row) {
        return !row.time().isBefore(Instant.parse("2026-01-01T03:20:00Z"))
                && row.time().isBefore(Instant.parse("2026-01-01T21:40:30Z"))
                && (row.channel() == null || row.channel().equals("web"));
    }

    @Test
    void whateverIsShownWasTrueOfItsVersionAndTheLastComesWithItsSessions() throws Exception {
        serve(ScanSettings.DEFAULT);
        List<Witness> witnesses = List.of(
                new Witness(Transport.WEBSOCKET, PART_HOURS, LiveScansIT::isInPartHours),
                new Witness(Transport.WEBSOCKET, PART_HOURS, LiveScansIT::isInPartHours).withExactSessions(),
                new Witness(
                                Transport.SOCKJS_XHR_STREAMING,
                                "{\"channel\":[\"web\"]}",
                                row -> "web".equals(row.channel()))
                        .withExactSessions());
        for (Witness witness : witnesses) {
            witness.connect(fork.served.port);
        }
        for (int i = 0; i < 15; i++) {
            fork.table.commit();
            if (i % 5 == 4) {
                awaitAll(witnesses);
            }
        }
        awaitAll(witnesses);
        Map<Long, List<EventRow>> history = fork.table.histories().get(0);
        for (Witness witness : witnesses) {
            assertThat(witness.failures()).as("%s", witness).isEmpty();
            for (Witness.Shown shown : witness.shown()) {
                Map<String, Long> expected = new TreeMap<>(witness.counts(history.get(shown.version())));
                if (!shown.counts().containsKey("sessions")) {
                    expected.remove("sessions");
                }
                assertThat(shown.counts())
                        .as("seed %d, %s, version %d", SEED, witness, shown.version())
                        .isEqualTo(expected);
            }
            witness.disconnect();
        }
        Eventually.holds("nothing runs", () -> running() == 0);
    }

    private void awaitAll(List<Witness> witnesses) throws Exception {
        for (Witness witness : witnesses) {
            Map<String, Long> now = witness.counts(fork.table.rows());
            Eventually.holds(witness + " shows version " + fork.table.version() + " of seed " + SEED, () -> {
                Witness.Shown held = witness.held();
                return held != null
                        && held.version() == fork.table.version()
                        && held.counts().equals(now);
            });
        }
    }

    @Test
    void theCubesNumbersComeFirstThenProgressThenTheSessionsInAnUpdateOfTheSameVersion() throws Exception {
        serve(new ScanSettings(1, 2, Duration.ofMinutes(5)));
        fork.files.delay(100);
        Subscriber subscriber = new Subscriber("a");
        Transport.Connection connection = Transport.WEBSOCKET.open(fork.served.port, "", subscriber::received);
        connection.send(
                "{\"op\":\"subscribe\",\"id\":\"a\",\"sessions\":\"exact\",\"filter\":{\"channel\":[\"web\"]}}");

        JsonObject snapshot = subscriber.next("snapshot");
        JsonObject progress = subscriber.next("progress");
        JsonObject update = subscriber.next("update");

        JsonObject totals = snapshot.getJsonObject("views").getJsonObject("totals");
        assertThat(totals.getMap()).containsEntry("sessions", null);
        assertThat(progress.getString("id")).isEqualTo("a");
        assertThat(progress.fieldNames()).contains("files", "filesDone");
        assertThat(update.getLong("from")).isEqualTo(snapshot.getLong("version"));
        assertThat(update.getLong("version")).isEqualTo(snapshot.getLong("version"));
        assertThat(update.getJsonObject("views").getJsonObject("totals").getLong("sessions"))
                .isEqualTo(EventRow.count(fork.table.rows().stream()
                                .filter(row -> "web".equals(row.channel()))
                                .toList())
                        .get("sessions"));
        connection.close();
    }

    @Test
    void whenTheLastSubscriberLeavesItsScanIsCancelled() throws Exception {
        serve(new ScanSettings(1, 1, Duration.ofMinutes(5)));
        fork.files.delay(300);
        Subscriber subscriber = new Subscriber("a");
        Transport.Connection connection = Transport.WEBSOCKET.open(fork.served.port, "", subscriber::received);
        connection.send("{\"op\":\"subscribe\",\"id\":\"a\",\"filter\":" + PART_HOURS + "}");
        subscriber.next("progress");
        Eventually.holds("a file is read", () -> fork.files.opened() > 0);

        connection.close();

        Eventually.holds("nothing runs", () -> running() == 0);
        assertThat(fork.served.get("/metrics").body()).contains("tidemark_scans_cancelled_total 1.0");
    }

    private double running() throws Exception {
        return fork.served
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("tidemark_scans_running "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                .findFirst()
                .orElseThrow();
    }
}
