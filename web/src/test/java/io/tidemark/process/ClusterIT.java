package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
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

    private static KafkaBroker kafka;

    @TempDir
    private Path dir;

    @BeforeAll
    static void startKafka() throws IOException {
        kafka = KafkaBroker.start(broker);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    private TidemarkProcess instance(String cluster, String name, Path table) throws IOException {
        return instance(cluster, name, List.of(table.toString()));
    }

    private TidemarkProcess instance(String cluster, String name, List<String> tables) throws IOException {
        List<String> arguments = serve(name, tables);
        arguments.addAll(List.of(
                "--engine",
                "kafka",
                "--kafka-bootstrap-servers",
                kafka.bootstrapServers(),
                "--kafka-cluster",
                cluster,
                "--kafka-partitions",
                "3",
                "--kafka-threads",
                "2"));
        return TidemarkProcess.start(
                Map.of("TIDEMARK_CLUSTER_TOKEN", "the-token-of-this-cluster"), arguments.toArray(new String[0]));
    }

    private TidemarkProcess embedded(String name, String... tables) throws IOException {
        return TidemarkProcess.start(serve(name, List.of(tables)).toArray(new String[0]));
    }

    private List<String> serve(String name, List<String> tables) {
        List<String> arguments = new ArrayList<>(
                List.of("serve", "--port", "0", "--state-dir", dir.resolve(name).toString()));
        tables.forEach(table -> arguments.addAll(List.of("--table", table)));
        return arguments;
    }

    /** What {@code tidemark tables …} prints; its exit code must be the one that is expected. */
    private static List<String> tables(int exitCode, String cluster, String... what) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("tables"));
        arguments.addAll(List.of(what));
        arguments.addAll(List.of("--kafka-bootstrap-servers", kafka.bootstrapServers(), "--kafka-cluster", cluster));
        try (TidemarkProcess command = TidemarkProcess.start(arguments.toArray(new String[0]))) {
            assertThat(command.exitCode()).as("%s", command.stderr()).isEqualTo(exitCode);
            return exitCode == 0 ? command.stdout() : command.stderr();
        }
    }

    @Test
    void oneInstanceServesATableExactlyAndGoesOnAfterTheBrokerWasKilled() throws Exception {
        Path table = dir.resolve("table");
        try (ChangingTable writer = new ChangingTable(table, 1)) {
            writer.append(3_000);
            try (TidemarkProcess one = instance("one", "a", table)) {
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
                assertEqual(table, one);
            }
        }
    }

    @Test
    void tablesComeAndGoAndTheClusterIsResetAndLeftForTheOtherEngine() throws Exception {
        List<String> both = List.of("one=" + dir.resolve("first"), "two=" + dir.resolve("second"));
        try (ChangingTable first = new ChangingTable(dir.resolve("first"), 3);
                ChangingTable second = new ChangingTable(dir.resolve("second"), 4)) {
            first.append(500);
            second.append(700);
            try (TidemarkProcess instance = instance("two", "a", both)) {
                reaches(instance, "t/one/", first.newestVersion());
                reaches(instance, "t/two/", second.newestVersion());
                assertThat(instance.get("t/two/api/v1/views")
                                .at("/totals/events")
                                .longValue())
                        .isEqualTo(700);
                assertThat(instance.text("metrics"))
                        .contains("tidemark_applied_version{table=\"one\"}", "tidemark_applied_version{table=\"two\"}");
                assertThat(tables(2, "two", "reset")).anyMatch(line -> line.contains("Stop all instances first"));

                tables(0, "two", "remove", "two");
                assertThat(tables(0, "two")).singleElement().asString().startsWith("one\t");
                first.change();
                reaches(instance, "t/one/", first.newestVersion());
                instance.stop();
            }
            tables(0, "two", "reset");
            try (TidemarkProcess again = instance("two", "a", both)) {
                reaches(again, "t/one/", first.newestVersion());
                reaches(again, "t/two/", second.newestVersion());
                assertEqual(dir.resolve("first"), again, "t/one/");
                again.stop();
            }
            try (TidemarkProcess alone = embedded("a", both.toArray(new String[0]))) {
                reaches(alone, "t/two/", second.newestVersion());
                assertThat(alone.get("t/two/api/v1/views").at("/totals/events").longValue())
                        .isEqualTo(700);
            }
        }
    }

    @Test
    void ofThreeInstancesOneIsStoppedAndOneIsKilledAndNoCommitIsLostOrCountedTwice() throws Exception {
        Path table = dir.resolve("table");
        AtomicBoolean stop = new AtomicBoolean();
        List<TidemarkProcess> instances = new ArrayList<>();
        try (ChangingTable writer = new ChangingTable(table, 2)) {
            writer.append(2_000);
            for (String name : List.of("a", "b", "c")) {
                instances.add(instance("three", name, table));
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
            try (TidemarkProcess alone = embedded("alone", table.toString())) {
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
                    assertThat(instance.text("metrics")).doesNotContain("tidemark_peer_asked_total 0.0");
                }
            }
            assertThat(first.text("api/v1/views")).isEqualTo(third.text("api/v1/views"));
            assertThat(first.get("api/v1/commits?limit=1000").path("commits"))
                    .isEqualTo(third.get("api/v1/commits?limit=1000").path("commits"));
            assertEqual(table, first);
            assertEqual(table, third);
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

    private static void reaches(TidemarkProcess instance, long version) {
        reaches(instance, "", version);
    }

    private static void reaches(TidemarkProcess instance, String prefix, long version) {
        instance.await("reaches version " + version, () -> {
            JsonNode status = instance.get(prefix + "api/v1/status");
            return status.path("version").asLong(-1) == version
                    && status.path("state").textValue().equals("live");
        });
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

    private static void assertEqual(Path table, TidemarkProcess instance) throws IOException {
        assertEqual(table, instance, "");
    }

    private static void assertEqual(Path table, TidemarkProcess instance, String prefix) throws IOException {
        try (TidemarkProcess verify = TidemarkProcess.start(
                "verify",
                "--table",
                table.toString(),
                "--url",
                instance.address().resolve(prefix).toString())) {
            int exitCode = verify.exitCode();
            assertThat(verify.stdout()).as("%s", verify.stderr()).anyMatch(line -> line.startsWith("EQUAL"));
            assertThat(exitCode).isZero();
        }
    }
}
