package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page while the table moves: paused, hidden, cut off, and read by somebody. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageLiveIT {
    /** Notes which messages the live socket brings, from here on. */
    private static final String LISTEN = """
            if (!window.heard) {
              const {parse} = JSON;
              JSON.parse = (text, reviver) => {
                const value = parse(text, reviver);
                if (value?.op && value.id !== 'alerts') window.heard.push(value.op);
                return value;
              };
            }
            window.heard = [];
            """;

    @TempDir
    static Path dir;

    @AutoClose
    private static Browser browser;

    @AutoClose
    private static TidemarkProcess service;

    @BeforeAll
    static void open() throws Exception {
        UsedPage.generate(dir.resolve("table"), 2_000, 2_000, UsedPage.END, 15 * 24);
        service = TidemarkProcess.serve(dir.resolve("table"), dir.resolve("state"));
        service.await("serves the table", () -> service.version() == 0);
        browser = Browser.open(service.address(), dir.resolve("profile"));
        shows(0);
    }

    @Test
    @Order(1)
    void aPausedPageStaysAtItsVersionAndGoesOnWithOneDifference() throws IOException {
        browser.script(LISTEN);
        browser.click("#pause");
        browser.awaitScript("document.querySelector('.pill').textContent === 'Paused'");
        commit(1);
        browser.awaitScript("document.querySelector('.banner-title')?.textContent === 'Paused at version 0'");
        assertThat(browser.script("return document.querySelector('.banner-text').textContent"))
                .isEqualTo("1 newer version to see.");
        assertThat(events()).isEqualTo("2000");
        assertThat(heard()).doesNotContain("update");

        browser.click("#pause");
        shows(1);
        assertThat(events()).isEqualTo("2010");
        assertThat(heard()).containsOnlyOnce("update");
    }

    @Test
    @Order(2)
    void aHiddenPageIsSentNothingAndCatchesUpWithOneDifference() {
        browser.script(LISTEN);
        browser.whileHidden(() -> {
            commit(2);
            commit(3);
        });
        shows(3);
        assertThat(events()).isEqualTo("2030");
        assertThat(heard()).containsOnlyOnce("update");
    }

    @Test
    @Order(3)
    void whoReadsTheRowsIsNotDisturbedByNewOnes() throws IOException {
        browser.awaitScript("document.querySelector('.card[data-view=events]').scrollIntoView(),"
                + " document.querySelector('.card[data-view=events] .card-note').textContent.includes('version 3')");
        browser.click(".card[data-view=events] .row-open");
        Object read = browser.script("return document.querySelector('.card[data-view=events] tbody').innerText");
        commit(4);
        browser.awaitScript("!document.querySelector('.fresh').hidden");
        assertThat(browser.script("return document.querySelector('.fresh').textContent"))
                .isEqualTo("10 new events");
        assertThat(browser.script("return document.querySelector('.card[data-view=events] tbody').innerText"))
                .isEqualTo(read);

        browser.click(".fresh");
        browser.awaitScript("document.querySelector('.fresh').hidden");
        assertThat(browser.script("return document.querySelector('.card[data-view=events] tbody').innerText"))
                .isNotEqualTo(read);
    }

    @Test
    @Order(4)
    void theMinutesAndTheCommitsAreThoseOfTheTable() {
        browser.click(".card[data-view=minutes] summary");
        JsonNode newest = service.get("api/v1/commits?limit=1").at("/commits/0");
        browser.awaitScript(
                "document.querySelector('.card[data-view=minutes] tbody tr')?.cells[0].textContent === arguments[0]",
                newest.path("version").asText());
        assertThat((String) browser.script(
                        "return document.querySelector('.card[data-view=minutes] tbody tr').textContent"))
                .contains(newest.path("operation").asText())
                .contains("+10+1")
                .contains(newest.path("engine").asText());
        // All of them are of the last hour: the first one counts what was there when the service began.
        assertThat(browser.script("return Chart.getChart(document.querySelector('.card[data-view=minutes] canvas'))"
                        + ".data.datasets[0].data.reduce((a, b) => a + b)"))
                .isEqualTo(2_040L);
        browser.script("document.querySelector('.card[data-view=minutes] summary').click()");
    }

    @Test
    @Order(5)
    void aPageThatIsCutOffSaysSoAndComesBackByItsVersion() throws Exception {
        browser.script(LISTEN);
        int port = service.address().getPort();
        service.stop();
        browser.awaitScript("document.querySelector('.banner-title')?.textContent === 'Disconnected'");
        assertThat((String) browser.script("return document.querySelector('.banner-text').textContent"))
                .endsWith("The numbers stay at version 4 until the connection is back.");
        assertThat(events()).isEqualTo("2040");

        service = TidemarkProcess.start(
                "serve",
                "--table",
                dir.resolve("table").toString(),
                "--state-dir",
                dir.resolve("state").toString(),
                "--port",
                Integer.toString(port));
        service.await("serves again", () -> service.version() == 4);
        browser.awaitScript("[...document.querySelectorAll('.banner button')].forEach((b) => b.click()) ??"
                + " document.querySelector('.pill').textContent === 'Live'");
        commit(5);
        shows(5);
        assertThat(events()).isEqualTo("2050");
        assertThat(browser.script("return document.querySelector('.banner')")).isNull();
    }

    private static void commit(int version) {
        try {
            // Newer than all that is there.
            UsedPage.generate(dir.resolve("table"), 10, 10, UsedPage.END.plus(Duration.ofHours(version)), 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        service.await("serves the commit", () -> service.version() == version);
    }

    /** Which messages about the numbers came, in order. */
    private static List<String> heard() {
        return ((List<?>) browser.script("return window.heard.filter((op) => op !== 'status' && op !== 'alert')"))
                .stream().map(Object::toString).toList();
    }

    private static void shows(int version) {
        browser.awaitScript("document.documentElement.dataset.version === arguments[0]", Integer.toString(version));
    }

    private static Object events() {
        return browser.script("return document.querySelector('.tile[data-tile=events] .tile-value').dataset.value");
    }
}
