package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one does on the page, and what it shows then beside the answers of REST; with values that mean harm. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PageExploreIT {
    private static final String EVENTS_CARD = "document.querySelector('.card[data-view=events]')";

    /** The card, brought into view: charts above it may still change their height. */
    private static final String SCROLLED = "(" + EVENTS_CARD + ".scrollIntoView(), " + EVENTS_CARD + ")";

    private static final List<String> EVERYTHING =
            List.of("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice");

    /** What differs between the themes. */
    private static final List<String> COLOURS = List.of("color-contrast");

    /** Of rows that are all alike, the first ones only: each takes long to look at. */
    private static final String AXE = """
            axe.run(
              {exclude: ['.rows tbody tr:nth-child(n+4)', '.heatmap tbody tr:nth-child(n+4)']},
              {resultTypes: ['violations'], runOnly: arguments[0]}
            ).then(({violations}) => violations.map(({id, nodes}) => id + ' ' + nodes[0].html.slice(0, 200)))
            """;

    @TempDir
    static Path dir;

    @AutoClose
    private static Browser browser;

    @AutoClose
    private static TidemarkProcess service;

    @BeforeAll
    static void open() throws Exception {
        service = OddTable.served(dir);
        browser = Browser.open(service.address(), dir.resolve("profile"));
    }

    @AfterEach
    void nothingWasRefusedOrRun() {
        assertThat(browser.script("return window.taken ?? null")).isNull();
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void aClickFiltersAndASecondOneTakesThatBack() {
        show("");
        click(".card[data-view=channel] button.legend-item[title$=' web']");
        browser.awaitScript("location.search === '?channel=web'");
        showsEventsOf("?channel=web");

        click(".card[data-view=channel] button.legend-item[aria-pressed=true]");
        browser.awaitScript("location.search === ''");
        showsEventsOf("");
    }

    @Test
    void hoursAreChosenByKeys() {
        show("");
        browser.script("document.querySelector('.card[data-view=hourly] canvas').focus()");
        for (String key : List.of("ArrowRight", "shift+ArrowRight", "shift+ArrowRight", "Enter")) {
            browser.script(
                    "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: arguments[0].split('+').at(-1),"
                            + " shiftKey: arguments[0].startsWith('shift'), bubbles: true, cancelable: true}))",
                    key);
        }
        browser.awaitScript("new URLSearchParams(location.search).has('to')");

        String range = (String) browser.script("return location.search");
        showsEventsOf(range);
        assertThat(service.get("api/v1/views" + range).path("hourly")).hasSize(3);
    }

    @Test
    void aRangeMayBeginAndEndWithinAnHour() {
        String range = "?from=2026-03-03T10:20:00Z&to=2026-03-03T12:45:30Z";
        show(range);

        showsEventsOf(range);
        assertThat(events(range)).isBetween(1L, events("?from=2026-03-03T10:00:00Z&to=2026-03-03T13:00:00Z") - 1);
    }

    @Test
    void sessionsUnderAFilterAreCountedWhenAsked() {
        show("?channel=web");
        click(".tile[data-tile=sessions] .tile-ask");
        browser.awaitScript(
                "document.querySelector('.tile[data-tile=sessions] .tile-value').textContent.replace(/\\D/g, '') =="
                        + " arguments[0]",
                service.get("api/v1/views/totals?channel=web&sessions=exact")
                        .at("/totals/sessions")
                        .asText());
    }

    @Test
    void aRangeIsComparedWithThePeriodBefore() {
        show("?from=2026-03-03&to=2026-03-03&compare=before&grain=day");

        browser.awaitScript("!document.querySelector('.verdict').hidden");
        assertThat((String)
                        browser.script("return document.querySelector('.verdict').textContent.replace(/[^\\w ]/g, '')"))
                .contains(events("?from=2026-03-03&to=2026-03-03") + " events")
                .contains(events("?from=2026-03-02&to=2026-03-02") + " in the 1 day before");
    }

    @Test
    void theNewestRowsAreThoseOfRestAndOneOpensToAllItsColumns() {
        show("");
        browser.awaitScript(SCROLLED + ".querySelectorAll('tbody tr').length === 100");
        click(".card[data-view=events] .row-open");

        List<?> fields = (List<?>) browser.script(
                "return [...document.querySelectorAll('.detail .field')].map((field) => field.innerText)");
        assertThat(fields).hasSize(service.get("api/v1/schema").path("columns").size());
        assertThat(fields.toString()).contains("<img src=x onerror").contains("__proto__");
        click(".card[data-view=events] .rows-foot button");
        browser.awaitScript(SCROLLED + ".querySelectorAll('.row-open').length === 200");
    }

    @Test
    void theRowsOfACellAreThoseOfItsFilter() {
        show("");
        browser.script("document.querySelector('.heat-cell').dispatchEvent("
                + "new MouseEvent('click', {bubbles: true, shiftKey: true}))");
        browser.awaitScript("document.querySelectorAll('dialog[open] .row-open').length > 0");

        String rows = (String) browser.script("return new URLSearchParams(location.search).get('rows')");
        assertThat(browser.script("return document.querySelectorAll('dialog[open] .row-open').length"))
                .isEqualTo((long)
                        service.get("api/v1/events?" + rows).path("events").size());
        browser.script("document.querySelector('dialog[open]').close()");
        browser.awaitScript("location.search === ''");
    }

    @Test
    void whatLooksLikeMarkupIsTextEverywhere() {
        show("?channel=" + encoded(OddTable.MARKUP));
        showsEventsOf("?channel=" + encoded(OddTable.MARKUP));
        browser.awaitScript(SCROLLED + ".querySelectorAll('tbody tr').length === " + OddTable.ODD);

        assertThat(browser.script(
                        "return document.querySelectorAll('main img, main script, dialog img, body b').length"))
                .isEqualTo(0L);
        assertThat((String) browser.script("return document.querySelector('.legend-item .value').textContent"))
                .isEqualTo(OddTable.MARKUP);
        assertThat((String) browser.script("return document.querySelector('main').innerText"))
                .doesNotContain("\u202e")
                .contains("\uFFFDgpj.exe");
    }

    @Test
    void anExportIsOfTheFilterThatIsShown() {
        show("?channel=web&from=2026-03-03");
        browser.script(
                "[...document.querySelectorAll('.menu-button')].find((b) => b.innerText.includes('Export')).click()");

        assertThat((List<?>) browser.script(
                        "return [...document.querySelectorAll('.export-link')].map((a) => a.getAttribute('href'))"))
                .map(Object::toString)
                .contains("api/v1/export?format=csv&from=2026-03-03&channel=web")
                .hasSize(4);
    }

    @Test
    void aChartStandsAloneInAnotherPage() {
        show("?view=heatmap&embed");

        assertThat((List<?>)
                        browser.script("return [...document.querySelectorAll('.card')].map((c) => c.dataset.view)"))
                .map(Object::toString)
                .containsExactly("heatmap");
        assertThat(browser.script("return document.querySelector('.top').offsetHeight"))
                .isEqualTo(0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void nobodyIsShutOut(String theme) throws IOException {
        show("?compare=before&grain=day&channel=web&channel=mobile");
        browser.script("document.documentElement.dataset.theme = arguments[0]", theme);
        browser.awaitScript(SCROLLED + ".querySelectorAll('tbody tr').length > 0");
        click(".card[data-view=events] .row-open");
        browser.script(axe());

        assertThat((List<?>) browser.later(AXE, theme.equals("light") ? EVERYTHING : COLOURS))
                .map(Object::toString)
                .isEmpty();
        browser.script("scrollTo(0, 0)");
        browser.screenshot(Path.of("target", "screenshots", "page-" + theme + ".png"));
    }

    private static void show(String query) {
        browser.go(service.address().resolve("./" + query));
        browser.awaitScript("document.documentElement.dataset.version === '1'");
    }

    private static void showsEventsOf(String filter) {
        browser.awaitScript(
                "document.querySelector('.tile[data-tile=events] .tile-value').dataset.value === arguments[0]",
                Long.toString(events(filter)));
    }

    private static long events(String filter) {
        JsonNode views = service.get("api/v1/views" + filter);
        return views.at("/totals/events").asLong();
    }

    /** Clicks what is there, or will be when its card was drawn, some frames after the tiles. */
    private static void click(String selector) {
        browser.awaitScript("document.querySelector(arguments[0]) !== null", selector);
        browser.script("document.querySelector(arguments[0]).click()", selector);
    }

    private static String encoded(String value) {
        return java.net.URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String axe() throws IOException {
        try (InputStream in = PageExploreIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
