package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of a service that has no room for it, or asks it to wait: it says so, waits, and goes on by itself. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PageRefusedIT {
    private static final String PILL = "document.querySelector('.pill').textContent === ";
    private static final String TITLES =
            "return [...document.querySelectorAll('.face h2, .banner-title')].map((e) => e.textContent).join()";

    /** Answers requests for rows as a service does that has too much to do, until it is told otherwise; counts them. */
    private static final String REFUSE_ROWS = """
            window.real = fetch;
            window.asked = 0;
            window.fetch = (path, request) => {
              if (!String(path).includes('api/v1/events')) return real(path, request);
              window.asked += 1;
              const problem = {type: '/problems/too-many-requests', title: 'Too many requests', detail: 'Wait.'};
              return Promise.resolve(new Response(JSON.stringify(problem), {status: 429, headers: {'Retry-After': '4'}}));
            };
            // Other rows are wanted now.
            document.querySelector('button.legend-item').click();
            document.querySelector('.card[data-view=events]').scrollIntoView();
            """;

    @TempDir
    Path dir;

    @Test
    void aPageWithoutASocketOrWithoutAnAnswerWaitsAsItIsToldAndGoesOnByItself() throws Exception {
        UsedPage.generate(dir.resolve("table"), 100, 100, UsedPage.END, 24);
        try (TidemarkProcess service =
                TidemarkProcess.serve(dir.resolve("table"), dir.resolve("state"), "--max-sockets", "1")) {
            service.await("serves the table", () -> service.version() == 0);
            URI live = URI.create(service.address().toString().replaceFirst("^http", "ws") + "live/websocket");
            WebSocket other = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(live, new WebSocket.Listener() {})
                    .join();
            try (Browser browser = Browser.open(service.address(), dir.resolve("profile"))) {
                browser.awaitScript("document.querySelector('.face h2')?.textContent === 'The service is busy'");
                assertThat((String) browser.script("return document.querySelector('.face').innerText"))
                        .contains("as many pages open as it may")
                        .contains("asks again by itself");

                other.abort();
                browser.awaitScript(PILL + "'Live' && document.documentElement.dataset.version === '0'");
                assertThat(browser.script(TITLES)).isEqualTo("");

                browser.script(REFUSE_ROWS);
                browser.awaitScript("document.querySelector('.banner-title')?.textContent === 'The service is busy'");
                assertThat((String) browser.script("return document.querySelector('.banner-text').textContent"))
                        .contains("asks this page to wait")
                        .contains("live numbers go on");
                browser.awaitScript(
                        "document.querySelector('.rows-trouble').textContent.includes('Too many requests')");
                assertThat(browser.script("return window.asked")).isEqualTo(1L);

                browser.script("window.fetch = window.real");
                browser.awaitScript("document.querySelector('.card[data-view=events] .row-open') !== null");
                browser.awaitScript("document.querySelector('.banner') === null");
            }
        }
    }
}
