package io.tidemark.web.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What is shipped to run the product says things that the product understands. No cluster is asked. */
class DeploymentTest {
    private static final Path DEPLOY = Path.of("..", "deploy");
    /** A variable within another's value, as Kubernetes writes it. */
    private static final Pattern PART = Pattern.compile("\\$\\((\\w+)\\)");

    private static final Set<String> OF_THE_STORE = Set.of(
            "AWS_ENDPOINT_URL",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_REGION",
            "AWS_ALLOW_HTTP");

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "kafka"})
    void everyVariableOfAPodIsOneThatServeReads(String engine) throws IOException {
        Set<String> known = variables("serve");

        Set<String> used = new TreeSet<>();
        used.addAll(map(manifest(engine, "ConfigMap"), "data").keySet());
        Set<String> parts = new HashSet<>();
        for (Object variable : list(container(engine), "env")) {
            used.add((String) map(variable).get("name"));
            Matcher part = PART.matcher(String.valueOf(map(variable).get("value")));
            while (part.find()) {
                parts.add(part.group(1));
            }
        }
        assertThat(used).as("parts of other values").containsAll(parts);
        used.removeAll(parts);

        assertThat(used).isSubsetOf(known).contains("DELTA_TABLE_PATH", "TIDEMARK_AUTH_TOKENS_FILE");
        List<String> line = new ArrayList<>(List.of("serve"));
        map(manifest(engine, "ConfigMap"), "data").forEach((variable, value) -> {
            if (!OF_THE_STORE.contains(variable)) {
                line.addAll(List.of(optionOf(variable), (String) value));
            }
        });
        assertThat(commandLine()
                        .parseArgs(line.toArray(new String[0]))
                        .subcommand()
                        .errors())
                .as("the values are understood")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "kafka"})
    void aPodMayWriteNothingButItsStateAndItsTemporaryFolder(String engine) throws IOException {
        Map<String, Object> pod = pod(engine);
        Map<String, Object> container = container(engine);

        assertThat(map(pod, "securityContext"))
                .containsEntry("runAsNonRoot", true)
                .containsEntry("runAsUser", 10001);
        assertThat(map(container, "securityContext"))
                .containsEntry("readOnlyRootFilesystem", true)
                .containsEntry("allowPrivilegeEscalation", false);
        Set<Object> writable = new HashSet<>();
        for (Object mount : list(container, "volumeMounts")) {
            if (!Boolean.TRUE.equals(map(mount).get("readOnly"))) {
                writable.add(map(mount).get("mountPath"));
            }
        }
        assertThat(writable).containsExactlyInAnyOrder("/tmp", "/var/lib/tidemark");
        String dockerfile = Files.readString(Path.of("..", "Dockerfile"));
        assertThat(dockerfile).contains("TIDEMARK_STATE_DIR=/var/lib/tidemark", "USER 10001", "EXPOSE 8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "kafka"})
    void everyVolumeThatIsMountedIsThereAndEveryNameLeadsSomewhere(String engine) throws IOException {
        Map<String, Object> set = manifest(engine, "StatefulSet");
        Set<Object> volumes = new HashSet<>();
        list(pod(engine), "volumes").forEach(volume -> volumes.add(map(volume).get("name")));
        list(map(set, "spec"), "volumeClaimTemplates")
                .forEach(claim -> volumes.add(map(map(claim), "metadata").get("name")));
        for (Object mount : list(container(engine), "volumeMounts")) {
            assertThat(volumes).contains(map(mount).get("name"));
        }

        Object labels = map(map(map(set, "spec"), "template"), "metadata").get("labels");
        assertThat(map(map(set, "spec"), "selector").get("matchLabels")).isEqualTo(labels);
        List<Object> services = new ArrayList<>();
        for (Map<String, Object> service : manifests(engine, "Service")) {
            services.add(map(service, "metadata").get("name"));
            assertThat(map(service, "spec").get("selector")).isEqualTo(labels);
        }
        assertThat(services).contains(map(set, "spec").get("serviceName"));
        Map<String, Object> kustomization = manifest(engine, "Kustomization");
        assertThat(list(kustomization, "resources"))
                .allSatisfy(file -> assertThat(
                                DEPLOY.resolve("kubernetes").resolve(engine).resolve((String) file))
                        .exists())
                .hasSize(files(engine).size() - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "kafka"})
    void theProbesAskWhatIsThereAndAHeapThatFitsLeavesRoomForTheRest(String engine) throws IOException {
        Map<String, Object> container = container(engine);
        assertThat(probed(container, "startupProbe")).isEqualTo("/healthz");
        assertThat(probed(container, "livenessProbe")).isEqualTo("/healthz");
        assertThat(probed(container, "readinessProbe")).isEqualTo("/readyz");
        assertThat(map(list(container, "ports").get(0)))
                .containsEntry("containerPort", 8080)
                .containsEntry("name", "http");
        // 60 % of the limit is the heap; a first load was measured to take 377 MB beside it.
        assertThat(map(map(container, "resources"), "limits")).containsEntry("memory", "1Gi");
        assertThat(Files.readString(Path.of("..", "Dockerfile"))).contains("MaxRAMPercentage=60");
    }

    @Test
    void theClusterIsDrainedOneByOneAndBegunAllAtOnce() throws IOException {
        assertThat(map(manifest("kafka", "PodDisruptionBudget"), "spec")).containsEntry("maxUnavailable", 1);
        assertThat(map(manifest("kafka", "StatefulSet"), "spec"))
                .containsEntry("replicas", 3)
                .containsEntry("podManagementPolicy", "Parallel");
        assertThat(map(manifest("embedded", "StatefulSet"), "spec")).containsEntry("replicas", 1);
    }

    @Test
    void instancesAskOneAnotherByTheirNamesWithASecretOnAPortThatNobodyElseReaches() throws IOException {
        Map<String, Object> container = container("kafka");
        Map<String, Object> variables = new TreeMap<>();
        list(container, "env")
                .forEach(variable -> variables.put((String) map(variable).get("name"), map(variable)));
        int port = (int) map(list(container, "ports").get(1)).get("containerPort");

        assertThat(map(list(container, "ports").get(1))).containsEntry("name", "peers");
        assertThat(map(manifest("kafka", "ConfigMap"), "data"))
                .containsEntry("TIDEMARK_PEER_LISTEN", "0.0.0.0:" + port);
        assertThat(map(map(map(variables.get("TIDEMARK_CLUSTER_TOKEN")), "valueFrom"), "secretKeyRef"))
                .containsEntry("name", "tidemark-cluster");
        Map<String, Object> set = map(manifest("kafka", "StatefulSet"), "spec");
        assertThat(map(variables.get("TIDEMARK_PEER_ADDRESS")))
                .containsEntry("value", "$(POD_NAME)." + set.get("serviceName") + ":" + port);
        assertThat(map(map(map(variables.get("POD_NAME")), "valueFrom"), "fieldRef"))
                .containsEntry("fieldPath", "metadata.name");
        Map<String, Object> policy = map(manifest("kafka", "NetworkPolicy"), "spec");
        Object labels = map(set, "selector");
        assertThat(policy.get("podSelector")).isEqualTo(labels);
        for (Object rule : list(policy, "ingress")) {
            boolean peers = list(map(rule), "ports").stream()
                    .anyMatch(open -> "peers".equals(map(open).get("port")));
            assertThat(map(rule).containsKey("from")).isEqualTo(peers);
            if (peers) {
                assertThat(list(map(rule), "from"))
                        .singleElement()
                        .satisfies(
                                from -> assertThat(map(from).get("podSelector")).isEqualTo(labels));
            }
        }
        assertThat(manifests("embedded", "NetworkPolicy")).isEmpty();
    }

    @Test
    void everyVariableOfTheComposeFileIsOneThatItsCommandReads() throws IOException {
        Map<String, Object> compose = map(new Yaml().load(Files.readString(Path.of("..", "docker-compose.yml"))));
        int seen = 0;
        for (Object service : map(compose, "services").values()) {
            Map<String, Object> of = map(service);
            if (String.valueOf(of.get("image")).contains("tidemark")) {
                Object command = of.get("command");
                String name = command == null ? "serve" : (String) ((List<?>) command).get(0);
                assertThat(map(of, "environment").keySet()).isSubsetOf(variables(name));
                seen++;
            }
        }
        assertThat(seen).isEqualTo(6);
    }

    private static String probed(Map<String, Object> container, String probe) {
        Map<String, Object> request = map(map(container, probe), "httpGet");
        assertThat(request).containsEntry("port", "http");
        return (String) request.get("path");
    }

    private static CommandLine commandLine() {
        return TidemarkCommand.commandLine("", Map.of(), new PrintStream(System.out), new PrintStream(System.err));
    }

    private static Set<String> variables(String command) {
        Set<String> known = new TreeSet<>(OF_THE_STORE);
        known.add("TIDEMARK_AUTH_TOKENS");
        known.add("TIDEMARK_ALERT_WEBHOOK_SECRET");
        known.add("TIDEMARK_CLUSTER_TOKEN");
        for (OptionSpec option :
                commandLine().getSubcommands().get(command).getCommandSpec().options()) {
            known.add(Environment.nameOf(option));
        }
        return known;
    }

    private static String optionOf(String variable) {
        return commandLine().getSubcommands().get("serve").getCommandSpec().options().stream()
                .filter(option -> Environment.nameOf(option).equals(variable))
                .findFirst()
                .orElseThrow()
                .longestName();
    }

    private static List<Path> files(String engine) throws IOException {
        try (Stream<Path> files = Files.list(DEPLOY.resolve("kubernetes").resolve(engine))) {
            return files.sorted().toList();
        }
    }

    private static List<Map<String, Object>> manifests(String engine, String kind) throws IOException {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Path file : files(engine)) {
            for (Object document : new Yaml().loadAll(Files.readString(file))) {
                if (kind.equals(map(document).get("kind"))) {
                    found.add(map(document));
                }
            }
        }
        return found;
    }

    private static Map<String, Object> manifest(String engine, String kind) throws IOException {
        assertThat(manifests(engine, kind)).hasSize(1);
        return manifests(engine, kind).get(0);
    }

    private static Map<String, Object> pod(String engine) throws IOException {
        return map(map(map(manifest(engine, "StatefulSet"), "spec"), "template"), "spec");
    }

    private static Map<String, Object> container(String engine) throws IOException {
        return map(list(pod(engine), "containers").get(0));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static Map<String, Object> map(Map<String, Object> of, String name) {
        assertThat(of).containsKey(name);
        return map(of.get(name));
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Map<String, Object> of, String name) {
        assertThat(of).containsKey(name);
        return (List<Object>) of.get(name);
    }
}
