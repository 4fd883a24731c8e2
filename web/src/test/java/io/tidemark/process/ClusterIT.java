package io.tidemark.process;

import static io.tidemark.process.TestCluster.reaches;
import static io.tidemark.process.TestCluster.requireEqual;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real instances of a cluster, in processes of their own, on a real broker. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ClusterIT {
    private static final long PAUSE_NANOS = 100_000_000L;
    /** Of parts of hours: files are read. */
    private static final String SCAN =
            "api/v1/views?from=2026-03-01T17:20:00Z&to=2026-03-04T10:40:30Z&channel=web&sessions=exact";
    /** Of whole days: of most files, the ledgers know all. */
    private static final String DAYS = "api/v1/views?from=2026-03-02&to=2026-03-03&sessions=exact";

    @TempDir
    static Path broker;

    @AutoClose
    private static KafkaBroker kafka;

    @TempDir
    private Path dir;

    @BeforeAll
    static void startKafka() throws IOException {
        kafka = KafkaBroker.start(broker);
    }

    private TestCluster cluster(String name) {
        return new TestCluster(kafka, name, dir);
    }

    @Test
    void oneInstanceServesATableExactlyAndGoesOnAfterTheBrokerWasKilled() throws Exception {
        Path table = dir.resolve("table");
        try (ChangingTable writer = new ChangingTable(table, 1)) {
            writer.append(3_000);
            try (TidemarkProcess one = cluster("one").instance("a", table)) {
                reaches(one, writer.newestVersion());
                assertThat(one.status().path("engine").textValue()).isEqualTo("kafka");
                assertThat(one.get("api/v1/events?limit=3").path("events").size())
                        .isEqualTo(3);
                assertThat(one.text("api/v1/export?format=csv").lines().count()).isEqualTo(3_001);

                kafka.kill();
                writer.append(500);
                writer.change();
                kafka.run();

                reaches(one, writer.newestVersion());
                requireEqual(table, one);
            }
        }
    }

    @Test
    void tablesComeAndGoAndTheClusterIsResetAndLeftForTheOtherEngine() throws Exception {
        TestCluster cluster = cluster("two");
        Path elsewhere = dir.resolve("second");
        List<String> both = List.of("one=" + dir.resolve("first"), "two=" + elsewhere);
        try (ChangingTable first = new ChangingTable(dir.resolve("first"), 3);
                ChangingTable second = new ChangingTable(elsewhere, 4)) {
            first.append(500);
            second.append(700);
            try (TidemarkProcess instance = cluster.instance("a", both)) {
                reaches(instance, "t/one/", first.newestVersion());
                reaches(instance, "t/two/", second.newestVersion());
                assertThat(events(instance, "t/two/")).isEqualTo(700);
                assertThat(instance.text("metrics"))
                        .contains("tidemark_applied_version{table=\"one\"}", "tidemark_applied_version{table=\"two\"}");
                assertThat(cluster.tables(2, "reset")).anyMatch(line -> line.contains("Stop all instances first"));

                LiveSocket socket = LiveSocket.at(instance, "t/two/");
                cluster.tables(0, "remove", "two");
                instance.await("serves it no longer", () -> status(instance, "t/two/") == 404);
                instance.await("ends its sockets", socket::isClosed);
                assertThat(instance.text("metrics"))
                        .contains("{table=\"one\"}")
                        .doesNotContain("{table=\"two\"}", "table=\"two\",");
                first.change();
                reaches(instance, "t/one/", first.newestVersion());

                second.append(50);
                assertThat(cluster.tables(0, "add", "two=" + elsewhere)).anyMatch(line -> line.contains("/t/two/"));
                instance.await("serves it again", () -> status(instance, "t/two/") == 200);
                reaches(instance, "t/two/", second.newestVersion());
                assertThat(events(instance, "t/two/")).isEqualTo(750);
                assertThat(instance.text("t/two/")).contains("<title>");
                assertThat(instance.text("metrics"))
                        .contains("tidemark_applied_version{table=\"two\"} " + second.newestVersion() + ".0");
                LiveSocket again = LiveSocket.at(instance, "t/two/");
                second.change();
                instance.await("pushes it", () -> again.version() == second.newestVersion());

                assertThat(cluster.tables(0)).hasSize(2);
                instance.stop();
            }
            cluster.tables(0, "reset");
            try (TidemarkProcess again = cluster.instance("a", both)) {
                reaches(again, "t/one/", first.newestVersion());
                reaches(again, "t/two/", second.newestVersion());
                requireEqual(dir.resolve("first"), again, "t/one/");
                again.stop();
            }
            try (TidemarkProcess alone = cluster.embedded("a", both.toArray(new String[0]))) {
                reaches(alone, "t/two/", second.newestVersion());
                reaches(alone, "t/one/", first.newestVersion());
            }
        }
    }

    private static long events(TidemarkProcess instance, String prefix) {
        return instance.get(prefix + "api/v1/views").at("/totals/events").longValue();
    }

    private static int status(TidemarkProcess instance, String prefix) {
        return instance.ask(prefix + "api/v1/status").statusCode();
    }

    @Test
    void ofThreeInstancesOneIsStoppedAndOneIsKilledAndNoCommitIsLostOrCountedTwice() throws Exception {
        Path table = dir.resolve("table");
        AtomicBoolean stop = new AtomicBoolean();
        List<TidemarkProcess> instances = new ArrayList<>();
        try (ChangingTable writer = new ChangingTable(table, 2)) {
            writer.append(2_000);
            for (String name : List.of("a", "b", "c")) {
                instances.add(cluster("three").instance(name, table));
            }
            TidemarkProcess first = instances.get(0);
            TidemarkProcess second = instances.get(1);
            TidemarkProcess third = instances.get(2);
            for (TidemarkProcess instance : instances) {
                reaches(instance, writer.newestVersion());
            }
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> change(writer, stop));
            try {
                long before = third.version();
                third.await("follows the writer", () -> third.version() > before + 2);
                // Whatever it was doing, it will believe that it still does when it comes back.
                first.freeze();
                long frozen = third.version();
                third.await("goes on without the one that is stopped", () -> third.version() > frozen + 4);
                second.kill();
                long killed = third.version();
                third.await("answers without the one that was killed", () -> isAnsweredOrNamesWhy(third));
                third.await("goes on without the one that was killed", () -> third.version() > killed + 4);
                first.thaw();
            } finally {
                stop.set(true);
                writing.join();
            }
            long newest = writer.newestVersion();
            reaches(first, newest);
            reaches(third, newest);
            try (TidemarkProcess alone = cluster("three").embedded("alone", table.toString())) {
                reaches(alone, newest);
                for (TidemarkProcess instance : List.of(first, third)) {
                    instance.await(
                            "shares scans again", () -> instance.ask(SCAN).statusCode() == 200);
                    for (String path : List.of(SCAN, DAYS)) {
                        assertThat(instance.get(path).path("totals"))
                                .isEqualTo(alone.get(path).path("totals"));
                    }
                    for (String format : List.of("csv", "ndjson")) {
                        assertThat(instance.text("api/v1/export?format=" + format))
                                .isEqualTo(alone.text("api/v1/export?format=" + format));
                    }
                }
                // Which of the two holds the files is the group's affair, and whoever holds all has nobody to ask.
                assertThat(first.metric("tidemark_peer_asked_total") + third.metric("tidemark_peer_asked_total"))
                        .isPositive();
            }
            assertThat(first.text("api/v1/views")).isEqualTo(third.text("api/v1/views"));
            assertThat(first.get("api/v1/commits?limit=1000").path("commits"))
                    .isEqualTo(third.get("api/v1/commits?limit=1000").path("commits"));
            requireEqual(table, first);
            requireEqual(table, third);
        } finally {
            instances.forEach(TidemarkProcess::close);
        }
    }

    /** A scan that an instance's failure stands in the way of says so, and that trying again may help. */
    private static boolean isAnsweredOrNamesWhy(TidemarkProcess instance) {
        HttpResponse<String> answer = instance.ask(SCAN);
        if (answer.statusCode() == 200) {
            return true;
        }
        assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(503);
        assertThat(answer.body())
                .contains("instance-unavailable")
                .containsAnyOf("The instance at 127.0.0.1:", "moves work");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        return false;
    }

    private static void change(ChangingTable writer, AtomicBoolean stop) {
        try {
            while (!stop.get()) {
                writer.change();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
