package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Funnels, cohorts and parts of hours, as one uses them on the page, beside the answers of REST. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageAnalysesIT {
    private static final List<String> EVERYTHING =
            List.of("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice");

    private static final String AXE = """
            axe.run('#analyses', {resultTypes: ['violations'], runOnly: arguments[0]})
              .then(({violations}) => violations.map(({id, nodes}) => id + ' ' + nodes[0].html.slice(0, 200)))
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
    }

    @Test
    @Order(1)
    void aFunnelIsBuiltByKeysAndRunOnDemand() {
        show("");
        browser.script("document.querySelector('#analyses > summary').click()");
        browser.awaitScript("location.search === '?open=analyses' && document.querySelectorAll('.step').length === 2");
        List<String> before = steps();

        press("'[data-part=down]'");
        browser.awaitScript("document.activeElement.getAttribute('aria-label')?.startsWith('Move step 2')");
        assertThat(steps()).containsExactly(before.get(1), before.get(0));
        press("'.stepper > button'");
        browser.awaitScript("document.querySelectorAll('.step').length === 3");
        press("'.step:last-child [data-part=remove]'");
        browser.awaitScript("document.querySelectorAll('.step').length === 2");
        assertThat(browser.script("return document.querySelector('.funnel')")).isNull();
        run("Funnel");

        assertThat(cells("'.funnel tbody tr'", "'th, .funnel-count'")).isEqualTo(expectedFunnel(""));
        assertThat(text(".analysis[aria-label=Funnel] > .run-note:last-child")).isEqualTo("At version 1, the newest.");
        assertThat(steps()).containsExactly(before.get(1), before.get(0));
    }

    @Test
    @Order(2)
    void cohortsAreATableThatIsWalkedThroughByKeys() {
        show("?open=analyses");
        run("Cohorts");

        JsonNode cohorts = service.get("api/v1/analyses/cohort");
        List<Object> words = new ArrayList<>();
        for (JsonNode cohort : cohorts.path("cohorts")) {
            cohort.path("counts").forEach(count -> words.add(count.asText()));
        }
        assertThat(words).hasSizeGreaterThan(5);
        assertThat((List<?>) browser.script("return [...document.querySelectorAll('.cohort-cell')].map((cell) =>"
                        + " (cell.querySelector('small') ?? cell).textContent.replace(/\\D/g, ''))"))
                .asList()
                .isEqualTo(words);
        browser.script("document.querySelector('.cohort-cell[tabindex=\"0\"]').focus()");
        browser.script(
                "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}))");
        assertThat((String) browser.script("return document.activeElement.getAttribute('aria-label')"))
                .contains("1 day later: " + cohorts.at("/cohorts/0/counts/1").asText() + " of");

        browser.script("document.querySelectorAll('.analysis .segment')[1].click()");
        browser.awaitScript("new URLSearchParams(location.search).get('cohort.unit') === 'week'");
        assertThat(text(".analysis[aria-label=Cohorts] > .run-note:last-child")).contains("of another selection");
    }

    @Test
    @Order(3)
    void whatLooksLikeMarkupIsAStepLikeAnyOther() {
        String markup = URLEncoder.encode(OddTable.MARKUP, StandardCharsets.UTF_8);
        String deceptive = URLEncoder.encode(OddTable.DECEPTIVE, StandardCharsets.UTF_8);
        show("?open=analyses&funnel.step=" + markup + "&funnel.step=__proto__&funnel.step=&funnel.step=" + deceptive
                + "&funnel.within=" + markup + "&cohort.of=" + markup);
        run("Funnel");

        assertThat(steps().get(0)).startsWith("<img src=x onerror=\"window.taken=1\"><script>");
        assertThat(steps()).contains("__proto__", "(empty)", "\uFFFDgpj.exe\uFFFD\uFFFD");
        assertThat(browser.script("return document.querySelectorAll('#analyses img, #analyses script').length"))
                .isEqualTo(0L);
        assertThat(text("#analyses")).doesNotContain("\u202e");
        // All odd rows are without a session.
        assertThat(text(".funnel tbody .funnel-count")).isEqualTo("0");
        assertThat(text(".analysis[aria-label=Funnel]"))
                .contains("Left out: " + OddTable.ODD + " rows without a session.");

        browser.script("document.querySelectorAll('#analyses .run')[1].click()");
        browser.awaitScript("!document.querySelector('.analysis[aria-label=Cohorts] .rows-trouble').hidden");
        assertThat(text(".analysis[aria-label=Cohorts] .rows-trouble"))
                .startsWith("The table cannot be read as asked. [version 1] The table has no column '<img");
    }

    @Test
    @Order(4)
    void refusalsAreSaidInWords() {
        show("?open=analyses");
        for (String[] refusal : new String[][] {
            {"429", "Too many scans at once"}, {"504", "The scan took too long"}, {"422", "Too many days or weeks"}
        }) {
            browser.script(
                    "const [status, title] = arguments; window.fetch = async () => new Response(JSON.stringify("
                            + "{title, status: Number(status), detail: 'Why.'}), {status: Number(status)})",
                    refusal[0],
                    refusal[1]);
            browser.script("document.querySelector('#analyses .run').click()");
            browser.awaitScript(
                    "document.querySelector('#analyses .rows-trouble').innerText === arguments[0]",
                    refusal[1] + ". Why.");
        }
    }

    @Test
    @Order(5)
    void nobodyIsShutOut() throws IOException {
        show("?open=analyses");
        run("Funnel");
        run("Cohorts");
        try (InputStream in = PageAnalysesIT.class.getResourceAsStream("/axe.min.js")) {
            browser.script(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        for (String theme : List.of("light", "dark")) {
            browser.script("document.documentElement.dataset.theme = arguments[0]", theme);
            browser.awaitScript("document.getAnimations().length === 0");
            assertThat((List<?>) browser.later(AXE, EVERYTHING))
                    .map(Object::toString)
                    .isEmpty();
        }
        browser.script("document.querySelector('#analyses').scrollIntoView()");
        browser.screenshot(Path.of("target", "screenshots", "analyses.png"));
    }

    @Test
    @Order(6)
    void partsOfHoursAreChosenInTheMenuOfDates() {
        show("");
        browser.script("document.querySelector('.filters .menu-button').click()");
        for (String[] field :
                new String[][] {{"from", "2026-03-03"}, {"to", "2026-03-03"}, {"fromTime", "10:20"}, {"toTime", "12:45"}
                }) {
            browser.script(
                    "const input = document.querySelector(`.filters input[name=${arguments[0]}]`); input.value = arguments[1];"
                            + " input.dispatchEvent(new Event('change'))",
                    field[0],
                    field[1]);
        }
        browser.awaitScript(
                "decodeURIComponent(location.search) === '?from=2026-03-03T10:20:00Z&to=2026-03-03T12:45:00Z'");
        browser.awaitScript(
                "document.querySelector('.tile[data-tile=events] .tile-value').dataset.value === arguments[0]",
                service.get("api/v1/views?from=2026-03-03T10:20:00Z&to=2026-03-03T12:45:00Z")
                        .at("/totals/events")
                        .asText());
    }

    @Test
    @Order(7)
    void anAnswerSaysWhenThePageIsPastIt() throws IOException {
        show("?open=analyses");
        run("Funnel");
        Files.writeString(
                dir.resolve("table/_delta_log/00000000000000000002.json"),
                "{\"commitInfo\":{\"timestamp\":1772629300000,\"operation\":\"WRITE\"}}\n");
        browser.awaitScript("document.documentElement.dataset.version === '2'");
        browser.awaitScript(
                "document.querySelector('.analysis > .run-note:last-child').textContent.includes('newer version')");

        browser.script("document.querySelector('#analyses .run').click()");
        browser.awaitScript(
                "document.querySelector('.analysis > .run-note:last-child').textContent === 'At version 2, the newest.'");
    }

    private static List<List<String>> expectedFunnel(String filter) {
        List<String> steps = steps();
        StringBuilder query = new StringBuilder("api/v1/analyses/funnel?" + filter);
        steps.forEach(step -> query.append("&step=").append(URLEncoder.encode(step, StandardCharsets.UTF_8)));
        List<List<String>> rows = new ArrayList<>();
        int number = 0;
        for (JsonNode step : service.get(query.toString()).path("steps")) {
            number++;
            rows.add(List.of(
                    number + ". " + step.path("value").asText(),
                    step.path("sessions").asText()));
        }
        assertThat(rows).hasSizeGreaterThan(1);
        assertThat(rows.get(1).get(1)).isNotEqualTo("0");
        return rows;
    }

    /** Texts of parts of rows, without the signs between thousands. */
    private static Object cells(String rows, String parts) {
        return browser.script(
                "return [...document.querySelectorAll(" + rows + ")].map((row) => [...row.querySelectorAll(" + parts
                        + ")].map((cell) => cell.textContent.replace(/(\\d),(?=\\d)/g, '$1')))");
    }

    private static List<String> steps() {
        return ((List<?>)
                        browser.script(
                                "return [...document.querySelectorAll('.step select')].map((list) => list.selectedOptions[0].textContent)"))
                .stream().map(Object::toString).toList();
    }

    private static void press(String selector) {
        browser.script("const button = document.querySelector(" + selector + "); button.focus(); button.click()");
    }

    private static void run(String part) {
        browser.script("document.querySelector('.analysis[aria-label=' + arguments[0] + '] .run').click()", part);
        browser.awaitScript(
                "document.querySelector('.analysis[aria-label=' + arguments[0] + '] .analysis-result').childElementCount > 0",
                part);
    }

    private static String text(String selector) {
        return (String) browser.script("return document.querySelector(arguments[0]).innerText", selector);
    }

    private static void show(String query) {
        browser.go(service.address().resolve("./" + query));
        browser.awaitScript("document.documentElement.dataset.version === '1'");
        if (query.contains("open=analyses")) {
            browser.awaitScript("document.querySelectorAll('#analyses .run').length === 2");
        }
    }
}
