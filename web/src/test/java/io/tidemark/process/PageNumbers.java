package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The numbers on the page beside those of REST, at one version. */
final class PageNumbers {
    private static final String CHART_DATA =
            "return Chart.getChart(document.querySelector(`.card[data-view=\"${arguments[0]}\"] canvas`))"
                    + ".data.datasets[0].data.map((d) => typeof d === 'object' ? d.y : d)";

    private PageNumbers() {}

    /** @param filter as a query, with its question mark, or empty */
    static void areThoseOfRest(Browser browser, TidemarkProcess service, String filter) {
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

    static String tile(Browser browser, String name) {
        return (String) browser.script(
                "return document.querySelector(`.tile[data-tile=\"${arguments[0]}\"] .tile-value`).dataset.value",
                name);
    }

    /** What a chart shows, in its order. */
    static List<?> chart(Browser browser, String view) {
        return (List<?>) browser.script(CHART_DATA, view);
    }

    static long sum(List<?> counts) {
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
}
