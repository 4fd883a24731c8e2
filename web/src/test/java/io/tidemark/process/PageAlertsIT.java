package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

/** Alerts, as one makes them on the page and is told of them there. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PageAlertsIT {
    private static final String BELL = "document.getElementById('bell').getAttribute('aria-label')";
    private static final String HOSTILE = "<img src=x onerror='window.taken=1'>";

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
        browser.awaitScript("document.documentElement.dataset.version === '1'");
    }

    @AfterEach
    void nothingWasRefusedOrRunAndNothingIsLeft() throws Exception {
        assertThat(browser.script("return window.taken ?? null")).isNull();
        // A browser notes each refusal, also one that the page shows.
        assertThat(browser.console()).allMatch(line -> line.contains("status of 400"));
        for (JsonNode alert : alerts()) {
            change("DELETE", alert.path("name").asText(), "");
        }
        browser.script("document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close())");
        browser.awaitScript(BELL + " === 'Alerts: none is firing' && !document.querySelector('#alert-banners *')");
    }

    private static JsonNode alerts() {
        return service.get("api/v1/alerts").path("alerts");
    }

    private static void change(String method, String name, String body) throws Exception {
        URI address = service.address()
                .resolve("api/v1/alerts/"
                        + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    }

    @Test
    void anAlertIsMadeByKeysOnThePageFiresThereAndIsDeletedThere() {
        browser.script("document.getElementById('bell').focus()");
        browser.script("document.activeElement.click()");
        browser.awaitScript("document.querySelector('dialog.alerts[open]') !== null");
        press("New alert");
        browser.awaitScript("document.activeElement.matches('.alert-form input')"); // the name
        type("Name", "many events");
        type("This number", "100");
        assertThat(browser.script("return document.querySelector('.alert-form .alert-rule').textContent"))
                .isEqualTo("Fires when events are above 100.");
        press("Save");

        browser.awaitScript(BELL + " === 'Alerts: 1 firing'");
        browser.awaitScript("document.querySelector('#alert-banners [role=alert] .banner-title')?.textContent =="
                + " 'Alert: many events'");
        assertThat((String) browser.script("return document.querySelector('#alert-banners .banner-text').textContent"))
                .startsWith("3,020 events, firing since");
        assertThat(alerts().path(0).path("above").asLong()).isEqualTo(100);

        press("Change");
        browser.awaitScript("document.querySelector('.alert-form') !== null");
        type("This number", "1000000");
        press("Save");
        browser.awaitScript(BELL + " === 'Alerts: none is firing'");
        browser.awaitScript("document.querySelector('#alert-banners *') === null");

        press("Delete");
        assertThat(alerts()).hasSize(1);
        press("Delete it?");
        browser.awaitScript("document.querySelectorAll('.alert-entry').length === 0");
        assertThat(alerts()).isEmpty();
    }

    @Test
    void anAlertOnTheFilterOfThePageHasThatFilter() {
        browser.go(service.address().resolve("./?channel=web"));
        browser.awaitScript("document.documentElement.dataset.version === '1'");
        browser.script("document.getElementById('bell').click()");
        press("New alert");
        type("Name", "web");
        type("This number", "1");
        press("Save");

        browser.awaitScript("document.querySelector('.alert-entry[data-tone=bad]') !== null");
        assertThat(alerts().path(0).path("filter").toString()).isEqualTo("{\"channel\":[\"web\"]}");
        assertThat(alerts().path(0).path("value").asLong())
                .isEqualTo(service.get("api/v1/views?channel=web")
                        .at("/totals/events")
                        .asLong());
    }

    @Test
    void whatCannotBeIsSaidInTheForm() {
        browser.script("document.getElementById('bell').click()");
        press("New alert");
        type("Name", "a/b");
        type("This number", "1");
        press("Save");

        browser.awaitScript("document.querySelector('.alert-trouble').textContent.includes('slashes')");
        assertThat(alerts()).isEmpty();
    }

    @Test
    void aNameThatLooksLikeMarkupIsTextInTheListAndInTheBanner() throws Exception {
        change("PUT", HOSTILE, "{\"kind\":\"value\",\"filter\":{\"channel\":[\"<b>x</b>\",null]},\"below\":10}");

        browser.awaitScript(
                "document.querySelector('#alert-banners .banner-title')?.textContent === arguments[0]",
                "Alert: " + HOSTILE);
        browser.script("document.getElementById('bell').click()");
        browser.awaitScript("document.querySelector('.alert-entry bdi')?.textContent === arguments[0]", HOSTILE);
        assertThat((String) browser.script("return document.querySelector('.alert-entry .alert-rule').textContent"))
                .contains("channel <b>x</b> or (null)");
        assertThat(browser.script("return document.querySelectorAll('main img, dialog img, dialog b').length"))
                .isEqualTo(0L);
        press("Dismiss");
        browser.awaitScript("document.querySelector('#alert-banners *') === null");
        assertThat(browser.script("return " + BELL)).isEqualTo("Alerts: 1 firing");
    }

    @Test
    void nobodyIsShutOut() throws Exception {
        change("PUT", "one", "{\"kind\":\"value\",\"below\":1000000}");
        change("PUT", "two", "{\"kind\":\"change\",\"hours\":2,\"below\":-5}");
        change("PUT", "three", "{\"kind\":\"state\",\"states\":[\"live\"],\"forSeconds\":86400}");
        browser.awaitScript("document.querySelector('#alert-banners *') !== null");
        browser.script("document.getElementById('bell').click()");
        browser.awaitScript("document.querySelectorAll('.alert-entry').length === 3");
        press("New alert");
        try (InputStream in = PageAlertsIT.class.getResourceAsStream("/axe.min.js")) {
            browser.script(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        for (String theme : List.of("light", "dark")) {
            browser.script("document.documentElement.dataset.theme = arguments[0]", theme);
            // Colours on their way to others are neither.
            browser.awaitScript("document.getAnimations().length === 0");
            assertThat((List<?>) browser.later("""
                            axe.run(
                              {include: ['dialog.alerts', '#alert-banners', '#bell']},
                              {resultTypes: ['violations']}
                            ).then(({violations}) => violations.map(({id, nodes}) => id + ' ' + nodes[0].html.slice(0, 200)))
                            """))
                    .map(Object::toString)
                    .as(theme)
                    .isEmpty();
            browser.screenshot(Path.of("target", "screenshots", "alerts-" + theme + ".png"));
        }
        browser.script("document.documentElement.dataset.theme = 'light'");
    }

    /** Presses the button of the open dialog, or of the banners, that has this text. */
    private static void press(String text) {
        browser.awaitScript(
                "[...document.querySelectorAll('dialog[open] button, #alert-banners button')].some((b) =>"
                        + " b.offsetParent !== null && !b.disabled && b.textContent === arguments[0])",
                text);
        browser.script(
                "[...document.querySelectorAll('dialog[open] button, #alert-banners button')].find((b) =>"
                        + " b.offsetParent !== null && b.textContent === arguments[0]).click()",
                text);
    }

    private static void type(String label, String text) {
        browser.script(
                "const control = [...document.querySelectorAll('.alert-field')]"
                        + ".find((field) => field.textContent.startsWith(arguments[0])).querySelector('input');"
                        + "control.value = arguments[1];"
                        + "control.dispatchEvent(new Event('input', {bubbles: true}));",
                label,
                text);
    }
}
