package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.ingest.generate.Generate;
import io.tidemark.ingest.generate.GenerateOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One table of fifteen days in many small commits, its service and a browser, for all test classes that only look at it: starting
 * these takes longer than the tests.
 */
final class UsedPage implements BeforeAllCallback, AfterEachCallback {
    static final Instant END = Instant.parse("2026-03-16T00:00:00Z");
    static final int ROWS = 6_000;
    static final int ROWS_PER_COMMIT = 50;

    private Opened opened;

    private record Opened(Path dir, TidemarkProcess service, Browser browser)
            implements ExtensionContext.Store.CloseableResource {

        static Opened open() {
            try {
                Path dir = Files.createTempDirectory("tidemark-page");
                generate(dir.resolve("table"), ROWS, ROWS_PER_COMMIT, END, 15 * 24);
                TidemarkProcess service = TidemarkProcess.serve(dir.resolve("table"), dir.resolve("state"));
                service.await("serves all commits", () -> service.version() == ROWS / ROWS_PER_COMMIT - 1);
                Browser browser = Browser.open(service.address(), dir.resolve("profile"));
                browser.tell(
                        "Browser.grantPermissions",
                        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
                return new Opened(dir, service, browser);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            browser.close();
            service.close();
            try (Stream<Path> all = Files.walk(dir)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            } catch (IOException | UncheckedIOException e) {
                // What is left is in the folder for temporary files.
            }
        }
    }

    /** Adds events of some hours until {@code end}. */
    static void generate(Path table, int rows, int rowsPerCommit, Instant end, double hours) throws IOException {
        Generate.run(
                new GenerateOptions(table.toString(), new Configuration(), rows, rowsPerCommit, 0, hours, end, 0, 1),
                line -> {},
                () -> false);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        opened = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(UsedPage.class))
                .getOrComputeIfAbsent("opened", key -> Opened.open(), Opened.class);
    }

    /** Nothing was refused, and no script failed. */
    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(browser().console()).isEmpty();
    }

    Browser browser() {
        return opened.browser();
    }

    TidemarkProcess service() {
        return opened.service();
    }

    Path dir() {
        return opened.dir();
    }

    /** Shows a view, with the numbers of the table's only version. */
    void show(String query) {
        browser().go(service().address().resolve("./" + query));
        browser()
                .awaitScript(
                        "document.documentElement.dataset.version === arguments[0]",
                        Long.toString(service().version()));
    }

    /** Presses the button of the filter bar whose text begins so. */
    void openMenu(String label) {
        browser()
                .script(
                        "[...document.querySelectorAll('.filters .menu-button')]"
                                + ".find((b) => b.innerText.startsWith(arguments[0])).click()",
                        label);
    }

    void choose(String select, String value) {
        browser()
                .script(
                        "const list = document.querySelector(arguments[0]); list.value = arguments[1];"
                                + " list.dispatchEvent(new Event('change', {bubbles: true}))",
                        select,
                        value);
    }

    /** The table of events, brought into view: charts above it may still change their height. */
    void toTheRows() {
        browser()
                .awaitScript("document.querySelector('.card[data-view=events]').scrollIntoView(),"
                        + " document.querySelector('.card[data-view=events] .row-open') !== null");
    }

    void showsEventsOf(String filter) {
        browser()
                .awaitScript(
                        "document.querySelector('.tile[data-tile=events] .tile-value').dataset.value === arguments[0]",
                        Long.toString(events(filter)));
    }

    /** What REST counts for a filter, given as a query with its question mark. */
    long events(String filter) {
        JsonNode answer = service().get("api/v1/views/totals" + filter);
        return answer.at("/totals/events").asLong();
    }

    String address() {
        return (String) browser().script("return location.search");
    }

    String text(String selector) {
        return (String) browser().script("return document.querySelector(arguments[0]).textContent", selector);
    }

    /** What shuts people out, as axe-core sees it. */
    List<?> axe(String options) throws IOException {
        try (InputStream in = UsedPage.class.getResourceAsStream("/axe.min.js")) {
            browser().script(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        browser().awaitScript("document.getAnimations().length === 0");
        return (List<?>)
                browser()
                        .later(
                                "axe.run(" + options + ", {resultTypes: ['violations']})"
                                        + ".then(({violations}) => violations.map(({id, nodes}) => id + ' ' + nodes[0].html.slice(0, 200)))");
    }
}
