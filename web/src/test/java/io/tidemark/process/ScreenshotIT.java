package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.ingest.generate.Generate;
import io.tidemark.ingest.generate.GenerateOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The two pictures of the README, taken of the real page once its numbers were found to be those of REST. They go to
 * {@code target/screenshots}, or to the folder that the system property {@code tidemark.images} names.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ScreenshotIT {
    private static final Path IMAGES = Path.of(System.getProperty("tidemark.images", "target/screenshots"));
    private static final int WIDTH = 1440;
    private static final int HEIGHT = 1240;

    @TempDir
    Path dir;

    @Test
    void thePicturesShowTheNumbersOfRestAtTheirVersion() throws Exception {
        // A whole hour, so that none begins or ends while the page is looked at.
        Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        Path table = dir.resolve("analytics-events");
        generate(table, 150_000, 150_000, Duration.ofDays(15), now, 7);
        try (TidemarkProcess service = TidemarkProcess.serve(table, dir.resolve("state"))) {
            service.await("serves a version", () -> service.version() == 0);
            String comparison = "?compare=before";
            try (Browser browser = Browser.open(service.address().resolve("./" + comparison), dir.resolve("profile"))) {
                browser.resize(WIDTH, HEIGHT);
                browser.tell("Emulation.setScrollbarsHidden", Map.of("hidden", true));
                browser.awaitScript("document.documentElement.dataset.version === '0'");
                generate(table, 80, 10, Duration.ofHours(2), now, 8);
                service.await("serves the commits", () -> service.version() == 8);

                PageNumbers.areThoseOfRest(browser, service, "");
                comparisonIsOfRest(browser, service);
                for (String theme : new String[] {"light", "dark"}) {
                    browser.script("document.documentElement.dataset.theme = arguments[0]", theme);
                    browser.awaitScript("document.getAnimations().length === 0");
                    browser.awaitScript("document.querySelector('.pill').textContent === 'Live'");
                    assertThat((Boolean) browser.script(
                                    "const chart = Chart.getChart(document.querySelector('.card[data-view=hourly] canvas'));"
                                            + " const [line] = chart.data.datasets; return chart.getDatasetMeta(0).data.every((p) =>"
                                            + " p.options.backgroundColor === line.pointBackgroundColor"
                                            + " && p.options.radius === line.pointRadius)"))
                            .as("markers as they were asked for")
                            .isTrue();
                    Path picture = IMAGES.resolve("dashboard-" + theme + ".png");
                    browser.screenshot(picture);
                    assertThat(Files.size(picture)).isGreaterThan(50_000);
                }
                PageNumbers.areThoseOfRest(browser, service, "");
                assertThat(service.version()).isEqualTo(8);
                assertThat(browser.console()).isEmpty();
            }
        }
    }

    /** The sentence over the chart names two periods; REST counts both anew. */
    private static void comparisonIsOfRest(Browser browser, TidemarkProcess service) {
        browser.awaitScript("!document.querySelector('.verdict').hidden");
        String verdict = (String) browser.script("return document.querySelector('.verdict').textContent");
        JsonNode hours = service.get("api/v1/views").path("hourly");
        Instant end =
                Instant.parse(hours.get(hours.size() - 1).path("hour").asText()).plus(Duration.ofHours(1));
        long current = count(service, end.minus(Duration.ofDays(7)), end);
        long before = count(service, end.minus(Duration.ofDays(14)), end.minus(Duration.ofDays(7)));
        assertThat(verdict)
                .contains(String.format(Locale.US, "%,d events in 7 days, %,d in the 7 days before", current, before));
    }

    private static long count(TidemarkProcess service, Instant from, Instant to) {
        return service.get("api/v1/views/totals?from=" + from + "&to=" + to)
                .at("/totals/events")
                .asLong();
    }

    private static void generate(Path table, long rows, long rowsPerCommit, Duration length, Instant end, long seed)
            throws IOException {
        Generate.run(
                new GenerateOptions(
                        table.toString(),
                        new Configuration(),
                        rows,
                        rowsPerCommit,
                        0,
                        length.toSeconds() / 3600.0,
                        end,
                        rows / 9,
                        seed),
                line -> {},
                () -> false);
    }
}
