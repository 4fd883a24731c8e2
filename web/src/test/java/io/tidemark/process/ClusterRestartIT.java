package io.tidemark.process;

import static io.tidemark.process.TestCluster.reaches;
import static io.tidemark.process.TestCluster.requireEqual;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Instances that have names, so that they come back as who they were. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ClusterRestartIT {
    private static final int RESTARTS = Integer.getInteger("cluster.restarts", 2);

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

    private static TidemarkProcess named(TestCluster cluster, String name, Path table) throws IOException {
        return cluster.instance(name, table, "--kafka-instance", name, "--kafka-standbys", "1");
    }

    @Test
    void instancesWithNamesAndStandbysAreStartedAgainOneByOneAndEachCommitIsServedByAll() throws Exception {
        TestCluster cluster = new TestCluster(kafka, "named", dir);
        Path table = dir.resolve("table");
        List<String> names = List.of("a", "b");
        List<TidemarkProcess> instances = new ArrayList<>();
        try (ChangingTable writer = new ChangingTable(table, 5)) {
            writer.append(1_000);
            for (String name : names) {
                instances.add(named(cluster, name, table));
            }
            for (TidemarkProcess instance : instances) {
                reaches(instance, writer.newestVersion());
            }
            for (int i = 0; i < RESTARTS; i++) {
                int one = i % names.size();
                instances.get(one).stop();
                writer.change();
                instances.set(one, named(cluster, names.get(one), table));
                writer.change();
                for (TidemarkProcess instance : instances) {
                    reaches(instance, writer.newestVersion());
                }
            }
            requireEqual(table, instances.get(0));
            assertThat(instances.get(0).text("api/v1/views"))
                    .isEqualTo(instances.get(1).text("api/v1/views"));
            for (TidemarkProcess instance : instances) {
                assertThat(instance.stderr()).noneMatch(line -> line.contains("state updater thread: "));
            }
        } finally {
            instances.forEach(TidemarkProcess::close);
        }
    }

    @Test
    void aStepThatWasKeptAndSaidButNotCommittedWhenItsInstanceWasKilledIsTakenOnce() throws Exception {
        TestCluster cluster = new TestCluster(kafka, "killed", dir);
        Path table = dir.resolve("table");
        try (ChangingTable writer = new ChangingTable(table, 6)) {
            writer.append(1_000);
            for (String point : List.of("said:2", "merged:2")) {
                try (TidemarkProcess doomed = cluster.instance(
                        "a",
                        List.of(table.toString()),
                        Map.of("JAVA_TOOL_OPTIONS", "-Dtidemark.kill-at=" + point),
                        "--kafka-instance",
                        "a")) {
                    // Its first step is what it finds, its second the next commit.
                    reaches(doomed, writer.newestVersion());
                    writer.append(100);
                    assertThat(doomed.exitCode()).as("%s", doomed.stderr()).isEqualTo(137);
                }
            }
            try (TidemarkProcess again = cluster.instance("a", table, "--kafka-instance", "a")) {
                reaches(again, writer.newestVersion());
                requireEqual(table, again);
            }
        }
    }
}
