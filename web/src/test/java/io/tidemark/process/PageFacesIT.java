package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page says where there are no numbers to show, or old ones: each on a table in that state, by one service. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PageFacesIT {
    private static final List<Integer> WIDTHS = List.of(390, 1440, 2560);

    @TempDir
    static Path dir;

    @AutoClose
    private static Browser browser;

    @AutoClose
    private static TidemarkProcess service;

    @BeforeAll
    static void open() throws Exception {
        UsedPage.generate(dir.resolve("stale"), 500, 500, UsedPage.END, 24);
        Files.createDirectories(dir.resolve("empty/_delta_log"));
        Files.write(
                dir.resolve("empty/_delta_log/00000000000000000000.json"),
                Files.readAllLines(commit("stale", 0)).stream()
                        .filter(line -> !line.contains("\"add\""))
                        .toList());
        Files.createDirectories(dir.resolve("damaged/_delta_log"));
        Files.writeString(commit("damaged", 0), "{\"protocol\":{\"minReaderVersion\":99,\"minWriterVersion\":99}}\n");
        service = TidemarkProcess.start(
                Map.of(
                        "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
                        "AWS_ACCESS_KEY_ID", "key",
                        "AWS_SECRET_ACCESS_KEY", "a-secret",
                        "AWS_REGION", "eu-west-1",
                        "AWS_ALLOW_HTTP", "true"),
                "serve",
                "--state-dir",
                dir.resolve("state").toString(),
                "--port",
                "0",
                "--table",
                "stale=" + dir.resolve("stale"),
                "--table",
                "empty=" + dir.resolve("empty"),
                "--table",
                "waiting=" + dir.resolve("waiting"),
                "--table",
                "damaged=" + dir.resolve("damaged"),
                "--table",
                "unreachable=s3://nowhere/events");
        service.await("serves", () -> stateOf("stale").equals("live"));
        // A later version that this service cannot read.
        Files.copy(commit("damaged", 0), commit("stale", 1));
        service.await("stops before it", () -> stateOf("stale").equals("stale"));
        browser = Browser.open(service.address(), dir.resolve("profile"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "waiting | Waiting | .face h2 | Waiting for the table | Nothing is there yet",
                "empty | Live | .face h2 | No data available yet | at version 0, and has no rows",
                "damaged | Not readable | .face h2 | The table cannot be read | No metadata found at version 0",
                "unreachable | Not readable | .face h2 | The table cannot be read | The object store cannot be reached",
                "stale | Stale | .banner-title | Stale: the numbers are of version 0 | Reader version 99 is not supported",
            })
    void everyStateSaysWhatItIsAndWhyAtEveryWidthAndInBothThemes(
            String table, String pill, String place, String title, String why) throws IOException {
        service.await(
                "is found out", () -> !List.of("bootstrapping", "catching-up").contains(stateOf(table)));
        browser.go(service.address().resolve("t/" + table + "/"));
        browser.awaitScript("document.querySelector('.pill')?.textContent === arguments[0]", pill);
        browser.awaitScript("document.querySelector(arguments[0])?.textContent.startsWith(arguments[1])", place, title);
        String text = (String) browser.script("return document.querySelector('main').innerText");
        assertThat(text).contains(why).doesNotContain("a-secret");
        assertThat((Boolean) browser.script("return document.getElementById('dashboard').hidden"))
                .isEqualTo(place.startsWith(".face"));

        try (InputStream in = PageFacesIT.class.getResourceAsStream("/axe.min.js")) {
            browser.script(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        for (String theme : List.of("light", "dark")) {
            browser.script("document.documentElement.dataset.theme = arguments[0]", theme);
            browser.awaitScript("document.getAnimations().length === 0");
            for (int width : WIDTHS) {
                browser.resize(width, 900);
                // Nothing to scroll sideways, once charts have the new width.
                browser.awaitScript("document.documentElement.scrollWidth <= innerWidth && innerWidth === " + width);
                browser.screenshot(
                        Path.of("target", "screenshots", "face-" + table + "-" + theme + "-" + width + ".png"));
            }
            assertThat((List<?>) browser.later("axe.run('header, #face, #banners', {resultTypes: ['violations']})"
                            + ".then(({violations}) => violations.map(({id, nodes}) => id + ' ' + nodes[0].html))"))
                    .map(Object::toString)
                    .as(theme)
                    .isEmpty();
        }
        assertThat(browser.console()).isEmpty();
    }

    private static String stateOf(String table) {
        return service.get("t/" + table + "/api/v1/status").path("state").asText();
    }

    private static Path commit(String table, int version) {
        return dir.resolve(table).resolve(String.format("_delta_log/%020d.json", version));
    }
}
