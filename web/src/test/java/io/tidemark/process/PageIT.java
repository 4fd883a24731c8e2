package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, on a real table, beside the answers of REST. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PageIT {
    private static final String CHART_DATA =
            "return Chart.getChart(document.querySelector(`.card[data-view=\"${arguments[0]}\"] canvas`))"
                    + ".data.datasets[0].data.map((d) => typeof d === 'object' ? d.y : d)";

    @TempDir
    Path dir;

    @Test
    void thePageShowsTheNumbersOfRestAndFollowsACommitWithoutReload() throws Exception {
        generate(3_000, 1);
        try (TidemarkProcess service = TidemarkProcess.serve(dir.resolve("table"), dir.resolve("state"))) {
            service.await("serves a version", () -> service.version() >= 0);
            try (Browser browser = Browser.open(service.address(), dir.resolve("profile"))) {
                shows(browser, service, "");
                browser.screenshot(Path.of("target", "screenshots", "page.png"));
                browser.script("window.stillTheSamePage = true");

                generate(1_000, 2);
                service.await(
                        "serves the commit",
                        () -> service.get("api/v1/views").at("/totals/events").asLong() == 4_000);

                shows(browser, service, "");
                assertThat(browser.script("return window.stillTheSamePage")).isEqualTo(true);
                assertThat(browser.console()).isEmpty();
            }
        }
    }

    @Test
    void aFilterInTheAddressFiltersEveryNumberOfThePage() throws Exception {
        generate(3_000, 3);
        try (TidemarkProcess service = TidemarkProcess.serve(dir.resolve("table"), dir.resolve("state"))) {
            service.await("serves a version", () -> service.version() >= 0);
            String filter = "?channel=web&channel=mobile&type=page_view";
            URI filtered = URI.create(service.address() + filter);
            try (Browser browser = Browser.open(filtered, dir.resolve("profile"))) {
                shows(browser, service, filter);
                assertThat(service.get("api/v1/views" + filter)
                                .at("/totals/events")
                                .asLong())
                        .isBetween(1L, 2_999L);
                assertThat(browser.console()).isEmpty();
            }
        }
    }

    private static void shows(Browser browser, TidemarkProcess service, String filter) {
        JsonNode views = service.get("api/v1/views" + filter);
        browser.awaitScript(
                "document.documentElement.dataset.version === arguments[0]",
                views.path("version").asText());
        JsonNode totals = views.path("totals");
        assertThat(tile(browser, "events")).isEqualTo(totals.path("events").asText());
        assertThat(tile(browser, "channel"))
                .isEqualTo(totals.at("/values/channel").asText());
        assertThat(tile(browser, "type")).isEqualTo(totals.at("/values/type").asText());
        assertThat(tile(browser, "sessions"))
                .isEqualTo(
                        totals.path("sessions").isNull()
                                ? ""
                                : totals.path("sessions").asText());
        long withTime = totals.path("events").asLong() - totals.path("noTime").asLong();
        assertThat(sum(chart(browser, "hourly"))).isEqualTo(withTime);
        assertThat(sum(chart(browser, "channel")))
                .isEqualTo(totals.path("events").asLong());
        assertThat(sum(chart(browser, "type"))).isEqualTo(totals.path("events").asLong());
        assertThat(chart(browser, "type").get(0))
                .isEqualTo(views.at("/type/0/count").asLong());
        assertThat(sum(chart(browser, "platform"))).isEqualTo(filled(views.path("platform")));
        assertThat(sum(chart(browser, "category"))).isEqualTo(filled(views.path("category")));
        assertThat(new ArrayList<Object>((List<?>)
                        browser.script("return [...document.querySelectorAll('.card[data-view=heatmap] button')]"
                                + ".map((cell) => Number((cell.dataset.count ?? '0').split('/')[0]))")))
                .contains(views.at("/heatmap/0/count").asLong());
    }

    private static String tile(Browser browser, String name) {
        return (String) browser.script(
                "return document.querySelector(`.tile[data-tile=\"${arguments[0]}\"] .tile-value`).dataset.value",
                name);
    }

    private static List<?> chart(Browser browser, String view) {
        return (List<?>) browser.script(CHART_DATA, view);
    }

    private static long sum(List<?> counts) {
        return counts.stream()
                .mapToLong(n -> n == null ? 0 : ((Number) n).longValue())
                .sum();
    }

    /** Rows whose value is neither null nor the empty text: what the bars show. */
    private static long filled(JsonNode groups) {
        return StreamSupport.stream(groups.spliterator(), false)
                .filter(group -> !group.path("value").asText("").isEmpty()
                        && !group.path("value").isNull())
                .mapToLong(group -> group.path("count").asLong())
                .sum();
    }

    private void generate(int rows, int seed) throws Exception {
        try (TidemarkProcess generate = TidemarkProcess.start(
                "generate",
                "--table",
                dir.resolve("table").toString(),
                "--rows",
                Integer.toString(rows),
                "--seed",
                Integer.toString(seed))) {
            assertThat(generate.exitCode()).as("%s", generate.stderr()).isZero();
        }
    }
}
