package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.ingest.files.BlockCache;
import io.tidemark.ingest.files.StoreRequests;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.files.TableLocation;
import io.tidemark.web.config.ScanSettings;
import io.tidemark.web.live.HubLimits;
import io.tidemark.web.metrics.CacheMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What boards, alarms and the runbook ask for is there, and the runbook leaves nothing out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsFilesIT {
    private static final Path ROOT = Path.of("..");
    private static final Pattern SELECTOR =
            Pattern.compile("\\b((?:tidemark|jvm|process|system)_[a-z_]+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|=)\\\\?\"([^\"\\\\]*)\\\\?\"");

    /** Lines of {@code /metrics}. */
    private List<String> metrics;

    @BeforeAll
    void scrape(@TempDir Path dir) throws Exception {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        CacheMetrics.register(registry, new BlockCache(dir, 1 << 20));
        Map<String, String> nobody = Map.of(
                "AWS_ENDPOINT_URL",
                "http://127.0.0.1:9",
                "AWS_ALLOW_HTTP",
                "true",
                "AWS_REGION",
                "us-east-1",
                "AWS_ACCESS_KEY_ID",
                "a",
                "AWS_SECRET_ACCESS_KEY",
                "b");
        try (TableFiles files = TableLocation.parse("s3://bucket/table").open(nobody)) {
            FakeTable table = new FakeTable("events", FakeTable.SPEC) {
                @Override
                public Optional<StoreRequests> storeRequests() {
                    return files.storeRequests();
                }
            };
            table.add(table.file(Rows.HOUR, 5, "web", "page_view", "ios", "a"));
            TidemarkServer server = new TidemarkServer(
                    new ServerOptions("127.0.0.1", 0, List.of(), List.of(), ScanSettings.DEFAULT),
                    List.of(table),
                    registry,
                    HubLimits.DEFAULT);
            metrics = registry.scrape().lines().toList();
            server.close();
        }
    }

    @Test
    void everyMetricOfTheBoardIsThere() throws Exception {
        List<String> queries = Pattern.compile("\"expr\": \"((?:[^\"\\\\]|\\\\.)*)\"")
                .matcher(Files.readString(ROOT.resolve("deploy/grafana/tidemark.json")))
                .results()
                .map(found -> found.group(1).replace("\\\"", "\""))
                .toList();
        assertThat(queries).hasSizeGreaterThan(15).allSatisfy(this::asksForWhatIsThere);
    }

    @Test
    void everyMetricAndLabelOfTheAlarmsIsThereAndEachAlarmSaysWhatToDo() throws Exception {
        List<Map<String, Object>> alarms = alarms();
        assertThat(alarms).hasSizeGreaterThan(10).allSatisfy(alarm -> {
            asksForWhatIsThere((String) alarm.get("expr"));
            assertThat(((Map<?, ?>) alarm.get("labels")).get("severity")).isIn("page", "ticket");
            assertThat(((Map<?, ?>) alarm.get("annotations")).keySet().toString())
                    .contains("summary", "action");
        });
    }

    @Test
    void theRunbookExplainsEveryMetricAndEveryAlarmAndNoOther() throws Exception {
        String runbook = Files.readString(ROOT.resolve("docs/operations.md"));
        Set<String> explained = Pattern.compile("`(tidemark_[a-z_]+)")
                .matcher(runbook)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> there = metrics.stream()
                .filter(line -> line.startsWith("# TYPE tidemark_"))
                .map(line -> line.split(" ")[2])
                .map(MetricsFilesIT::family)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> families = new TreeSet<>();
        explained.forEach(name -> families.add(family(name)));
        assertThat(families).isEqualTo(there);
        assertThat(alarms()).allSatisfy(alarm -> assertThat(runbook).contains("`" + alarm.get("alert") + "`"));
    }

    private static String family(String name) {
        return name.replaceFirst("_(?:total|count|sum|max)$", "");
    }

    private void asksForWhatIsThere(String query) {
        Matcher selector = SELECTOR.matcher(query);
        boolean any = query.startsWith("up{");
        while (selector.find()) {
            any = true;
            String name = selector.group(1);
            List<String> series = metrics.stream()
                    .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                    .toList();
            assertThat(series).as(name).isNotEmpty();
            Matcher label = MATCHER.matcher(selector.group(2) == null ? "" : selector.group(2));
            while (label.find()) {
                if (!label.group(3).startsWith("$") && !label.group(1).equals("job")) {
                    assertThat(series)
                            .as("%s with %s", name, label.group())
                            .anyMatch(line -> has(line, label.group(1), label.group(2), label.group(3)));
                }
            }
        }
        assertThat(any).as(query).isTrue();
    }

    private static boolean has(String series, String label, String how, String value) {
        Matcher found = Pattern.compile("[{,]" + label + "=\"([^\"]*)\"").matcher(series);
        return found.find()
                && (how.equals("=")
                        ? found.group(1).equals(value)
                        : found.group(1).matches(value));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> alarms() throws Exception {
        Map<String, Object> file = new Yaml().load(Files.readString(ROOT.resolve("deploy/prometheus-rules.yml")));
        List<Map<String, Object>> alarms = new ArrayList<>();
        for (Map<String, Object> group : (List<Map<String, Object>>) file.get("groups")) {
            alarms.addAll((List<Map<String, Object>>) group.get("rules"));
        }
        return alarms;
    }
}
