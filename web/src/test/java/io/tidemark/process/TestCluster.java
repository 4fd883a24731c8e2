package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A cluster on a broker: instances of it in processes of their own, and what the command line says to it.
 *
 * @param dir where each instance has its state
 */
record TestCluster(KafkaBroker kafka, String name, Path dir) {

    TidemarkProcess instance(String instance, Path table, String... more) throws IOException {
        return instance(instance, List.of(table.toString()), more);
    }

    TidemarkProcess instance(String instance, List<String> tables, String... more) throws IOException {
        return instance(instance, tables, Map.of(), more);
    }

    /** @param environment besides the cluster's token */
    TidemarkProcess instance(String instance, List<String> tables, Map<String, String> environment, String... more)
            throws IOException {
        List<String> arguments = serve(instance, tables);
        arguments.addAll(List.of("--engine", "kafka", "--kafka-partitions", "3", "--kafka-threads", "2"));
        arguments.addAll(where());
        arguments.addAll(List.of(more));
        Map<String, String> all = new HashMap<>(environment);
        all.put("TIDEMARK_CLUSTER_TOKEN", "the-token-of-this-cluster");
        return TidemarkProcess.start(all, arguments.toArray(new String[0]));
    }

    /** One that is no instance: of the other engine, in a directory that an instance may have had. */
    TidemarkProcess embedded(String instance, String... tables) throws IOException {
        return TidemarkProcess.start(serve(instance, List.of(tables)).toArray(new String[0]));
    }

    private List<String> serve(String instance, List<String> tables) {
        List<String> arguments = new ArrayList<>(List.of(
                "serve", "--port", "0", "--state-dir", dir.resolve(instance).toString()));
        tables.forEach(table -> arguments.addAll(List.of("--table", table)));
        return arguments;
    }

    private List<String> where() {
        return List.of("--kafka-bootstrap-servers", kafka.bootstrapServers(), "--kafka-cluster", name);
    }

    /** What {@code tidemark tables …} prints; its exit code must be the one that is expected. */
    List<String> tables(int exitCode, String... what) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("tables"));
        arguments.addAll(Arrays.asList(what));
        arguments.addAll(where());
        try (TidemarkProcess command = TidemarkProcess.start(arguments.toArray(new String[0]))) {
            assertThat(command.exitCode()).as("%s", command.stderr()).isEqualTo(exitCode);
            return exitCode == 0 ? command.stdout() : command.stderr();
        }
    }

    static void reaches(TidemarkProcess instance, long version) {
        reaches(instance, "", version);
    }

    /** @param prefix of the table's paths, such as {@code t/events/} */
    static void reaches(TidemarkProcess instance, String prefix, long version) {
        instance.await("reaches version " + version, () -> {
            JsonNode status = instance.get(prefix + "api/v1/status");
            return status.path("version").asLong(-1) == version
                    && status.path("state").asText().equals("live");
        });
    }

    /** Has everything recounted. */
    static void requireEqual(Path table, TidemarkProcess instance) throws IOException {
        requireEqual(table, instance, "");
    }

    static void requireEqual(Path table, TidemarkProcess instance, String prefix) throws IOException {
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
