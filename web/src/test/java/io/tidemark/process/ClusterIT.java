package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        return TidemarkProcess.serve(
                table,
                dir.resolve(name),
                "--engine",
                "kafka",
                "--kafka-bootstrap-servers",
                kafka.bootstrapServers(),
                "--kafka-cluster",
                cluster,
                "--kafka-partitions",
                "3",
                "--kafka-threads",
                "2");
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
                third.await("goes on without the one that was killed", () -> third.version() > killed + 4);
                first.thaw();
            } finally {
                stop.set(true);
                writing.join();
            }
            long newest = writer.newestVersion();
            reaches(first, newest);
            reaches(third, newest);
            assertThat(first.text("api/v1/views")).isEqualTo(third.text("api/v1/views"));
            assertThat(first.get("api/v1/commits?limit=1000").path("commits"))
                    .isEqualTo(third.get("api/v1/commits?limit=1000").path("commits"));
            assertEqual(table, first);
            assertEqual(table, third);
        } finally {
            instances.forEach(TidemarkProcess::close);
        }
    }

    private static void reaches(TidemarkProcess instance, long version) {
        instance.await(
                "reaches version " + version,
                () -> instance.version() == version
                        && instance.status().path("state").textValue().equals("live"));
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
        try (TidemarkProcess verify = TidemarkProcess.start(
                "verify",
                "--table",
                table.toString(),
                "--url",
                instance.address().toString())) {
            int exitCode = verify.exitCode();
            assertThat(verify.stdout()).as("%s", verify.stderr()).anyMatch(line -> line.startsWith("EQUAL"));
            assertThat(exitCode).isZero();
        }
    }
}
