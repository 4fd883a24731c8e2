package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a browser fetches for the page, and what it need not fetch again. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PageWeightIT {
    private static final String FETCHED =
            "return performance.getEntriesByType('resource').filter((e) => e.transferSize > 0 && e.initiatorType !== 'beacon')"
                    + ".map((e) => e.name)";

    @RegisterExtension
    static final UsedPage page = new UsedPage();

    @Test
    void aSecondVisitFetchesNumbersOnly() {
        page.show("");
        page.show("?grain=day");

        assertThat((List<?>) page.browser().script(FETCHED))
                .map(name -> URI.create(name.toString()).getPath())
                .allMatch(path -> path.startsWith("/api/v1/") || path.startsWith("/live/"));
    }

    @Test
    void noModuleIsFetchedThatThePageDoesNotName() {
        page.show("");

        assertThat(
                        (List<?>)
                                page.browser()
                                        .script(
                                                "const named = new Set([...document.querySelectorAll('link, script')]"
                                                        + ".map((e) => e.href || e.src)); return performance.getEntriesByType('resource')"
                                                        + ".map((e) => e.name).filter((name) => /\\.(css|js)$/.test(name) && !named.has(name))"))
                .map(Object::toString)
                .isEmpty();
    }
}
