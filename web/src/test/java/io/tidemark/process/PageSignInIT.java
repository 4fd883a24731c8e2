package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.generate.Generate;
import io.tidemark.ingest.generate.GenerateOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of a service that asks for tokens, with tokens as the command makes them. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PageSignInIT {
    private static final String SHOWN = "document.documentElement.dataset.version === '0'";
    private static final String ASKS = "!document.getElementById('sign-in').hidden";

    @TempDir
    Path dir;

    /** The token and its line. */
    private static List<String> draw(String... more) throws IOException {
        try (TidemarkProcess command = TidemarkProcess.start(
                Stream.concat(Stream.of("token", "new"), Stream.of(more)).toArray(String[]::new))) {
            assertThat(command.exitCode()).isZero();
            return List.of(
                    command.stdout().get(0).replaceFirst("^token: ", ""),
                    command.stdout().get(1).replaceFirst("^line:\\s+", ""));
        }
    }

    @Test
    void oneSignsInSeesTheTableMoveAndIsAskedAgainWhenTheTokenIsTakenBack() throws Exception {
        List<String> viewer = draw("--name", "viewer");
        List<String> other = draw("--name", "other", "--role", "admin", "--expires", "2099-01-01T00:00:00Z");
        Path tokens = dir.resolve("tokens");
        Files.writeString(tokens, viewer.get(1) + "\n" + other.get(1) + "\n");
        Path table = dir.resolve("table");
        Generate.run(
                new GenerateOptions(
                        table.toString(),
                        new Configuration(),
                        500,
                        500,
                        0,
                        24,
                        Instant.parse("2026-03-04T12:00:00Z"),
                        0,
                        1),
                line -> {},
                () -> false);
        try (TidemarkProcess service = TidemarkProcess.serve(
                table, dir.resolve("state"), "--auth-tokens-file", tokens.toString(), "--host", "0.0.0.0")) {
            service.await("serves", () -> service.text("readyz").startsWith("ready"));
            assertThat(service.text("api/v1/views")).contains("/problems/unauthorized");
            try (Browser browser = Browser.open(
                    service.address()
                            .resolve("http://127.0.0.1:" + service.address().getPort() + "/"),
                    dir.resolve("profile"))) {
                browser.awaitScript(ASKS);
                browser.awaitScript("document.activeElement.matches('.sign-in input')");
                accessible(browser);
                browser.screenshot(Path.of("target", "screenshots", "sign-in.png"));
                signIn(browser, "nonsense");
                browser.awaitScript("document.querySelector('.sign-in-trouble').textContent.includes('not let in')");

                signIn(browser, viewer.get(0));
                browser.awaitScript(SHOWN);
                assertThat(browser.script("return " + ASKS)).isEqualTo(false);
                assertThat(browser.script("return document.querySelector('.pill').textContent"))
                        .isEqualTo("Live");
                assertThat(browser.script("return document.cookie")).isEqualTo("");
                assertThat((String) browser.script("return localStorage.length + location.href"))
                        .doesNotContain(viewer.get(0));

                browser.script("location.reload()");
                browser.awaitScript(SHOWN);
                // What a page cannot send a header with.
                assertThat(browser.later(
                                "new Promise((ok) => { const s = new EventSource('api/v1/stream?views=totals');"
                                        + " s.onmessage = ({data}) => { s.close(); ok(JSON.parse(data).op); }; })"))
                        .isEqualTo("snapshot");
                assertThat(browser.later("fetch('api/v1/export').then(({status}) => status)"))
                        .isEqualTo(403L);

                Files.writeString(tokens, other.get(1) + "\n");
                browser.awaitScript(ASKS);
                signIn(browser, other.get(0));
                browser.awaitScript("document.getElementById('sign-in').hidden");
                browser.awaitScript("document.querySelector('.pill').textContent === 'Live'");
                browser.script("document.getElementById('sign-out').click()");
                browser.awaitScript(ASKS);
            }
            String all = String.join("\n", service.stdout()) + String.join("\n", service.stderr());
            assertThat(all).doesNotContain(viewer.get(0), other.get(0), viewer.get(1), other.get(1));
        }
    }

    private static void signIn(Browser browser, String token) {
        browser.script(
                "const input = document.querySelector('.sign-in input'); input.value = arguments[0];"
                        + " input.form.requestSubmit();",
                token);
    }

    private static void accessible(Browser browser) throws IOException {
        try (InputStream in = PageSignInIT.class.getResourceAsStream("/axe.min.js")) {
            browser.script(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat((List<?>) browser.later("""
                        axe.run({resultTypes: ['violations']})
                          .then(({violations}) => violations.map(({id, nodes}) => id + ' ' + nodes[0].html.slice(0, 200)))
                        """)).map(Object::toString).isEmpty();
    }
}
