package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, on a real table, beside the answers of REST. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PageIT {
    @TempDir
    Path dir;

    @Test
    void thePageShowsTheNumbersOfRestAndFollowsACommitWithoutReload() throws Exception {
        generate(3_000, 1);
        try (TidemarkProcess service = TidemarkProcess.serve(dir.resolve("table"), dir.resolve("state"))) {
            service.await("serves a version", () -> service.version() >= 0);
            try (Browser browser = Browser.open(service.address(), dir.resolve("profile"))) {
                PageNumbers.areThoseOfRest(browser, service, "");
                browser.screenshot(Path.of("target", "screenshots", "page.png"));
                browser.script("window.stillTheSamePage = true");

                generate(1_000, 2);
                service.await(
                        "serves the commit",
                        () -> service.get("api/v1/views").at("/totals/events").asLong() == 4_000);

                PageNumbers.areThoseOfRest(browser, service, "");
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
                PageNumbers.areThoseOfRest(browser, service, filter);
                assertThat(service.get("api/v1/views" + filter)
                                .at("/totals/events")
                                .asLong())
                        .isBetween(1L, 2_999L);
                assertThat(browser.console()).isEmpty();
            }
        }
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
