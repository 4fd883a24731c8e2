package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** What users explore on the page, with their pointer and their keys, beside the answers of REST. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PageExploreUseIT {
    @RegisterExtension
    static final UsedPage page = new UsedPage();

    @Test
    void aStretchOfHoursIsBrushedWithThePointer() {
        page.show("");
        page.browser().drag(".card[data-view=hourly] canvas", 0.3, 0.6);
        page.browser().awaitScript("new URLSearchParams(location.search).has('to')");

        String range = page.address();
        page.showsEventsOf(range);
        assertThat(page.events(range)).isBetween(UsedPage.ROWS / 10L, UsedPage.ROWS / 2L);
    }

    @Test
    void severalValuesAreChosenInAMenuAndReleasedAtOnce() {
        page.show("");
        page.openMenu("Channel");
        for (String value : List.of("web", "chat")) {
            page.browser().click(".filters .option[title=" + value + "] input");
        }
        page.browser().awaitScript("location.search === '?channel=web&channel=chat'");
        page.showsEventsOf("?channel=web&channel=chat");

        page.browser().keys(Keys.ESCAPE);
        page.browser()
                .script(
                        "[...document.querySelectorAll('.filters button')].find((b) => b.innerText === 'Reset').click()");
        page.browser().awaitScript("location.search === ''");
        page.showsEventsOf("");
    }

    @Test
    void aViewIsKeptUnderANameAndOpenedAgainAfterAReload() {
        page.show("?channel=mobile&grain=day&top.type=5");
        page.openMenu("Views");
        page.browser().click(".preset-form input");
        page.browser().keys("Phones by day", Keys.ENTER);
        page.show("");
        page.openMenu("Views");
        page.browser().click(".preset");

        page.browser().awaitScript("location.search === '?channel=mobile&grain=day&top.type=5'");
        page.showsEventsOf("?channel=mobile");
        assertThat(page.browser().script("return document.querySelector('.segment[aria-pressed=true]').textContent"))
                .isEqualTo("Day");
    }

    @Test
    void hoursAreSummedToDaysAndWeeks() {
        page.show("");
        assertThat(PageNumbers.sum(PageNumbers.chart(page.browser(), "hourly"))).isEqualTo(UsedPage.ROWS);
        long days = page.service().get("api/v1/views").path("hourly").findValuesAsText("hour").stream()
                .map(hour -> hour.substring(0, 10))
                .distinct()
                .count();

        page.browser().click(".segment:nth-child(2)");
        page.browser().awaitScript("location.search === '?grain=day'");
        page.browser().awaitScript(points() + " === arguments[0]", days);
        assertThat(PageNumbers.sum(PageNumbers.chart(page.browser(), "hourly"))).isEqualTo(UsedPage.ROWS);

        page.browser().click(".segment:nth-child(3)");
        page.browser().awaitScript(points() + " === 3"); // from three Mondays on
        assertThat(PageNumbers.sum(PageNumbers.chart(page.browser(), "hourly"))).isEqualTo(UsedPage.ROWS);
    }

    @Test
    void aDayIsComparedWithTheSameHoursOfTheWeekBefore() {
        page.show("?from=2026-03-12&to=2026-03-12");
        page.choose("select[aria-label='Compare with']", "week");
        page.browser().awaitScript("!document.querySelector('.verdict').hidden");
        long now = page.events("?from=2026-03-12&to=2026-03-12");
        long then = page.events("?from=2026-03-05&to=2026-03-05");

        page.browser().awaitScript("document.querySelector('.verdict').textContent.includes('in the same hours')");
        assertThat((String) page.browser().script("return document.querySelector('.verdict').textContent"))
                .contains(now + " events in 1 day, " + then + " in the same hours of the week before: "
                        + (now > then ? "+" : "") + (now - then));
    }

    @Test
    void whatIsBeyondTheTopIsOther() {
        page.show("");
        page.choose(".card[data-view=type] select", "5");
        page.browser().awaitScript("location.search === '?top.type=5'");
        JsonNode types = page.service().get("api/v1/views/type?limit=5");

        page.browser()
                .awaitScript(
                        "Chart.getChart(document.querySelector('.card[data-view=type] canvas')).data.datasets[0].data.length === 6");
        assertThat(PageNumbers.chart(page.browser(), "type").get(5))
                .isEqualTo(types.at("/other").asLong());
        assertThat(PageNumbers.chart(page.browser(), "type").get(4))
                .isEqualTo(types.at("/type/4/count").asLong());
    }

    @Test
    void emptyValuesAreShownWhenAsked() {
        page.show("");
        long filled = PageNumbers.sum(PageNumbers.chart(page.browser(), "category"));
        assertThat(filled).isLessThan(UsedPage.ROWS);
        page.browser().script("document.querySelector('.card[data-view=category] [role=switch]').click()");

        page.browser().awaitScript("location.search === '?blank.category=1'");
        page.browser()
                .awaitScript(
                        "Chart.getChart(document.querySelector('.card[data-view=category] canvas')).data.datasets[0].data"
                                + ".reduce((a, b) => a + b) === arguments[0]",
                        UsedPage.ROWS);
    }

    @Test
    void theHeatmapIsReadAndFilteredByKeys() {
        page.show("");
        page.browser().script("document.querySelector('.heat-cell[tabindex=\"0\"]').focus()");
        page.browser().keys(Keys.ARROW_DOWN, Keys.ARROW_RIGHT);
        JsonNode views = page.service().get("api/v1/views");
        String said = (String) page.browser().script("return document.activeElement.getAttribute('aria-label')");
        assertThat(said).startsWith(views.at("/channel/1/value").asText() + ", ");
        page.browser().keys(Keys.ENTER);
        page.browser().awaitScript("location.search.startsWith('?channel=')");

        String filter = page.address();
        assertThat(said).endsWith(": " + page.events(filter) + " events");
        page.showsEventsOf(filter);
        assertThat(page.browser().script("return document.activeElement.classList.contains('heat-cell')"))
                .as("The focus stays at the cell")
                .isEqualTo(true);
    }

    @Test
    void manySmallFilesAreToldOfWithWhatToDo() {
        page.show("");
        page.browser().awaitScript("!document.querySelector('.advice').hidden");

        assertThat((String) page.browser().script("return document.querySelector('.advice').innerText"))
                .contains("Many small files: " + page.service().status().at("/table/files") + " of")
                .contains("OPTIMIZE delta.`"
                        + page.service().status().at("/table/uri").asText() + "`");
    }

    private static String points() {
        return "Chart.getChart(document.querySelector('.card[data-view=hourly] canvas')).data.datasets[0].data.length";
    }
}
