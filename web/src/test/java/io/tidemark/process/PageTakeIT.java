package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Single events, and what users take along: copies, pictures, exports. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PageTakeIT {
    @RegisterExtension
    static final UsedPage page = new UsedPage();

    @Test
    void anEventOpensToItsMetadataAsATreeAndIsCopiedWhole() {
        page.show("?channel=mobile");
        page.toTheRows();
        page.browser().click(".card[data-view=events] .row-open");
        page.browser().awaitScript("document.querySelector('.detail .tree, .detail details') !== null");
        page.browser().script("[...document.querySelectorAll('.detail button')].at(-1).click()");
        page.browser().awaitScript("document.querySelector('.toast')?.textContent === 'Copied'");

        assertThat(page.browser()
                        .later("navigator.clipboard.readText().then((text) => JSON.stringify(JSON.parse(text)))"))
                .isEqualTo(page.service()
                        .get("api/v1/events?channel=mobile&limit=1")
                        .at("/events/0")
                        .toString());
    }

    @Test
    void columnsAreChosenAndStayInTheAddress() {
        page.show("");
        page.toTheRows();
        page.browser().click(".card[data-view=events] .menu-button");
        page.browser()
                .script("[...document.querySelectorAll('.card[data-view=events] .option')]"
                        + ".filter((option) => ['user_agent', 'channel'].includes(option.textContent))"
                        + ".forEach((option) => option.click())");
        page.browser().awaitScript("location.search.includes('columns=user_agent')");

        page.browser()
                .awaitScript("[...document.querySelectorAll('.card[data-view=events] th')].map((th) => th.textContent)"
                        + ".join() === new URLSearchParams(location.search).getAll('columns').join()");
        assertThat(page.address()).doesNotContain("columns=channel");
    }

    @Test
    void aChartIsSavedAsAPicture() throws Exception {
        Path downloads = Files.createDirectories(page.dir().resolve("downloads"));
        page.browser()
                .tell("Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", downloads.toString()));
        page.show("");
        page.browser().click(".card[data-view=channel] .card-menu > button");
        page.browser()
                .script("[...document.querySelectorAll('.card[data-view=channel] .mark-item')]"
                        + ".find((item) => item.textContent === 'Save as PNG').click()");
        page.service().await("the picture is there", () -> picture(downloads) != null);

        var image = ImageIO.read(picture(downloads).toFile());
        assertThat(image.getWidth()).isGreaterThan(400);
        long colours = Stream.iterate(0, i -> i < image.getWidth(), i -> i + 7)
                .flatMap(x -> Stream.iterate(0, i -> i < image.getHeight(), i -> i + 7)
                        .map(y -> image.getRGB(x, y)))
                .distinct()
                .count();
        assertThat(colours).isGreaterThan(10);
        assertThat(picture(downloads).getFileName().toString()).startsWith("table_channel_");
    }

    @Test
    void anExportTellsHowFarItIsAndIsWhatRestGives() {
        page.show("?channel=chat");
        // The browser's own dialog cannot be used here: the file is one of the page's private ones.
        page.browser()
                .script("window.showSaveFilePicker = async ({suggestedName}) =>"
                        + " (await navigator.storage.getDirectory()).getFileHandle(window.exported = suggestedName, {create: true});"
                        + " window.told = []; new MutationObserver(() => window.told.push("
                        + "document.querySelector('.export-bytes').textContent)).observe(document.querySelector('.export-bytes'),"
                        + " {childList: true, characterData: true, subtree: true})");
        page.openMenu("Export");
        page.browser().click(".export-link[data-format=csv]");
        page.browser().awaitScript("document.querySelector('.toast')?.textContent.includes('are in table_')");

        assertThat((List<?>) page.browser().script("return window.told"))
                .map(Object::toString)
                .anyMatch(text -> text.endsWith(" of CSV so far"));
        String received = (String) page.browser()
                .later("navigator.storage.getDirectory().then((d) => d.getFileHandle(window.exported))"
                        + ".then((handle) => handle.getFile()).then((file) => file.text())");
        assertThat(received.lines())
                .containsExactlyElementsOf(page.service()
                        .text("api/v1/export?format=csv&channel=chat")
                        .lines()
                        .toList());
    }

    private static Path picture(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".png"))
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
