package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A table whose writer does odd things, as its users are told of it. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FindingsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOSTILE = "<img src=x onerror=window.ranAScript=1>";

    @TempDir
    Path dir;

    @Test
    void whatIsOddIsInTheStatusInTheMetricsAndOnThePageAndOutlivesARestart() throws Exception {
        try (ChangingTable writer = new ChangingTable(table(), 7)) {
            writer.append(100);
        }
        try (TidemarkProcess service = TidemarkProcess.serve(table(), state(), "--poll-interval", "100ms")) {
            service.await("serves version 0", () -> service.version() == 0);
            assertThat(service.status().path("findings").isEmpty()).isTrue();
            try (Browser browser = Browser.open(service.address(), dir.resolve("profile"))) {
                browser.awaitScript("document.documentElement.dataset.version === '0'");
                assertThat(browser.script("return document.getElementById('findings').hidden"))
                        .isEqualTo(true);

                commit(1, copyThatOnlyRearranges());
                service.await("serves version 1", () -> service.version() == 1);
                commit(2, metadataWithAColumnMore());
                service.await("serves version 2", () -> service.version() == 2);

                assertThat(service.get("api/v1/views").at("/totals/events").asLong())
                        .isEqualTo(200);
                assertThat(kinds(service))
                        .containsExactlyInAnyOrder("optimize-changed-counts", "rows-disagree", "columns-appeared");
                assertThat(service.text("metrics"))
                        .contains("kind=\"optimize-changed-counts\",table=\"table\"} 1.0")
                        .contains("kind=\"rows-disagree\",table=\"table\"} 1.0")
                        .contains("kind=\"null-times\",table=\"table\"} 0.0")
                        .contains("tidemark_log_unknown_actions_total{table=\"table\"} 2.0")
                        .contains("tidemark_log_removes_without_effect_total{table=\"table\"} 1.0")
                        .contains("tidemark_log_adds_without_effect_total{table=\"table\"} 0.0");
                shows(browser);
            }
            service.stop();
        }
        try (TidemarkProcess again = TidemarkProcess.serve(table(), state())) {
            again.await("serves version 2", () -> again.version() == 2);
            assertThat(kinds(again))
                    .containsExactlyInAnyOrder("optimize-changed-counts", "rows-disagree", "columns-appeared");
        }
    }

    private static void shows(Browser browser) throws Exception {
        browser.awaitScript("document.querySelector('#findings summary').textContent === 'Data quality: 3 findings'");
        browser.script("document.getElementById('findings').open = true");
        browser.awaitScript("document.getElementById('findings').innerText.includes('In version 2')");
        browser.screenshot(Path.of("target", "screenshots", "findings.png"));
        String text = (String) browser.script("return document.getElementById('findings').innerText");
        assertThat(text)
                .contains("Version 1 (OPTIMIZE) claims to only rearrange rows, but after it there are 100 rows more.")
                .contains("'copy.parquet' holds 100 rows where the log states 7.")
                .contains("In version 2, 1 column appeared: '" + HOSTILE + "'.");
        assertThat(browser.script("return window.ranAScript === undefined")).isEqualTo(true);
        assertThat(browser.console()).isEmpty();
    }

    private static List<String> kinds(TidemarkProcess service) {
        List<String> kinds = new ArrayList<>();
        service.status()
                .path("findings")
                .forEach(finding -> kinds.add(finding.path("kind").asText()));
        return kinds;
    }

    /** A file that is there already, once more, and its statistics are wrong; beside what has no effect. */
    private String copyThatOnlyRearranges() throws Exception {
        Path copy = table().resolve("copy.parquet");
        try (var files = Files.list(table())) {
            Path file = files.filter(f -> f.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            Files.copy(file, copy);
        }
        return "{\"commitInfo\":{\"operation\":\"OPTIMIZE\",\"timestamp\":1}}\n{\"add\":{\"path\":\"copy.parquet\","
                + "\"partitionValues\":{},\"size\":" + Files.size(copy)
                + ",\"modificationTime\":1,\"dataChange\":false,\"stats\":\"{\\\"numRecords\\\":7}\"}}\n"
                + "{\"remove\":{\"path\":\"never-live.parquet\",\"dataChange\":false}}\n"
                + "{\"fromTheFuture\":{\"deep\":[1]}}\n{\"another\":{}}\n";
    }

    private String metadataWithAColumnMore() throws Exception {
        for (String line : Files.readAllLines(log(0))) {
            JsonNode action = JSON.readTree(line);
            if (action.has("metaData")) {
                ObjectNode metadata = (ObjectNode) action.get("metaData");
                ObjectNode schema =
                        (ObjectNode) JSON.readTree(metadata.get("schemaString").asText());
                ((ArrayNode) schema.get("fields"))
                        .addObject()
                        .put("name", HOSTILE)
                        .put("type", "string")
                        .put("nullable", true)
                        .putObject("metadata");
                metadata.put("schemaString", schema.toString());
                return action + "\n";
            }
        }
        throw new AssertionError("No metadata in the first commit");
    }

    private void commit(long version, String text) throws Exception {
        Path draft = dir.resolve("draft.json");
        Files.writeString(draft, text);
        Files.move(draft, log(version), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path log(long version) {
        return table().resolve("_delta_log").resolve(String.format("%020d.json", version));
    }

    private Path table() {
        return dir.resolve("table");
    }

    private Path state() {
        return dir.resolve("state");
    }
}
