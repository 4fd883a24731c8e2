package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page for readers in other places, with other languages and other needs. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PageEveryoneIT {
    @RegisterExtension
    static final UsedPage page = new UsedPage();

    @Test
    void theTimeZoneIsChosenInTheViewsAndShiftsTheDays() {
        page.show("?grain=day");
        page.openMenu("Views");
        page.choose("select[aria-label='Time zone']", "America/New_York");
        page.browser().awaitScript("location.search.includes('zone=America')");

        page.browser()
                .awaitScript(
                        "Chart.getChart(document.querySelector('.card[data-view=hourly] canvas')).data.datasets[0].data"
                                + ".some(({x}) => x === Date.parse('2026-03-10T04:00:00Z'))"); // since 8 March it is
        // summer there
        assertThat(PageNumbers.sum(PageNumbers.chart(page.browser(), "hourly"))).isEqualTo(UsedPage.ROWS);
        page.browser()
                .awaitScript(
                        "document.querySelector('.card[data-view=hourly] .card-note').textContent.endsWith('New York')");
    }

    @Test
    void numbersAreWrittenAsTheReaderIsUsedToIt() {
        page.browser().tell("Emulation.setLocaleOverride", Map.of("locale", "de-DE"));
        try {
            page.show("");
            assertThat(page.browser()
                            .script("return document.querySelector('.tile[data-tile=events] .tile-value').textContent"))
                    .isEqualTo("6.000");
        } finally {
            page.browser().tell("Emulation.setLocaleOverride", Map.of());
        }
    }

    @Test
    void whoAsksForLessMotionGetsNone() {
        page.browser()
                .tell(
                        "Emulation.setEmulatedMedia",
                        Map.of("features", List.of(Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        try {
            page.show("");
            assertThat(page.browser()
                            .script("return [...document.querySelectorAll('*')].map((e) => getComputedStyle(e))"
                                    + ".filter((s) => s.animationName !== 'none' && parseFloat(s.animationDuration) > 0.01 ||"
                                    + " s.transitionDuration.split(',').some((d) => parseFloat(d) > 0.01)).length"))
                    .isEqualTo(0L);
        } finally {
            page.browser().tell("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        }
    }

    @Test
    void anEmbeddedChartShutsNobodyOut() throws IOException {
        for (String view : List.of("hourly", "channel", "heatmap")) {
            page.show("?view=" + view + "&embed");
            for (String theme : List.of("light", "dark")) {
                page.browser().script("document.documentElement.dataset.theme = arguments[0]", theme);
                assertThat(page.axe("{exclude: ['.heatmap tbody tr:nth-child(n+3)']}"))
                        .map(Object::toString)
                        .as("%s, %s", view, theme)
                        .isEmpty();
            }
        }
    }
}
