package io.tidemark.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EditionTest {
    private static final String HTML =
            "<html><head><link rel=\"stylesheet\" href=\"css/base.css\"><script src=\"js/main.js\" type=\"module\"></script>"
                    + "</head><body><a href=\"api/v1/views\">views</a></body></html>";

    private final Edition edition = Edition.of(List.of());

    @Test
    void thePageNamesItsFilesByTheEditionAndNothingElse() {
        String page = edition.page(HTML);

        assertThat(page)
                .containsPattern("href=\"css/[0-9a-f]{16}/base\\.css\"")
                .containsPattern("src=\"js/[0-9a-f]{16}/main\\.js\"")
                .contains("href=\"api/v1/views\"");
    }

    @Test
    void everyModuleIsLoadedAtOnceAndEachAddressIsFixedAndStandsForItsFile() {
        List<String> modules = Pattern.compile("modulepreload\" href=\"([^\"]+)\"")
                .matcher(edition.page(HTML))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();

        assertThat(modules).hasSizeGreaterThan(50).allMatch(edition::isFixed).doesNotHaveDuplicates();
        assertThat(modules.stream().map(Edition::fileOf))
                .contains("js/main.js", "js/charts/base.js", "js/analyses/funnel.js")
                .doesNotContain("js/theme-early.js")
                .allSatisfy(file -> assertThat(Edition.class.getResource("/webroot/" + file))
                        .isNotNull());
    }

    @Test
    void theNameIsThatOfTheContents() {
        assertThat(Edition.of(List.of()).page(HTML)).isEqualTo(edition.page(HTML));
        assertThat(Edition.of(List.of("openapi.yaml")).page(HTML)).isNotEqualTo(edition.page(HTML));
    }

    @Test
    void whatIsOfAnotherEditionOrOfNoneIsNotFixed() {
        assertThat(edition.isFixed("js/0123456789abcdef/main.js")).isFalse();
        assertThat(edition.isFixed("js/main.js")).isFalse();
        assertThat(Edition.fileOf("js/0123456789abcdef/main.js")).isEqualTo("js/main.js");
        assertThat(Edition.fileOf("js/charts/base.js")).isEqualTo("js/charts/base.js");
        assertThat(Edition.fileOf("docs/0123456789abcdef/docs.js")).isEqualTo("docs/0123456789abcdef/docs.js");
    }
}
