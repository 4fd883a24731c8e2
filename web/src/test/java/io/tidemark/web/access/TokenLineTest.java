package io.tidemark.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.web.config.ConfigException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of a file of tokens. */
class TokenLineTest {
    private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"; // of "test"
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @Test
    void aTokenThatWasDrawnIsFoundByItsLineAndByNothingElse() {
        TokenLine.Fresh fresh = TokenLine.draw("grafana", "view,export", Optional.of("2027-01-01T00:00:00Z"));
        Tokens tokens = new Tokens(TokenLine.parseAll(fresh.line().text()));

        Caller caller = tokens.find(fresh.token(), NOW).orElseThrow();
        assertThat(caller.name()).isEqualTo("grafana");
        assertThat(caller.roles()).isEqualTo(EnumSet.of(Role.VIEW, Role.EXPORT));
        assertThat(tokens.find(fresh.token() + "x", NOW)).isEmpty();
        assertThat(tokens.find(fresh.line().hash(), NOW)).isEmpty();
        assertThat(tokens.find("", NOW)).isEmpty();
        assertThat(tokens.find(fresh.token(), Instant.parse("2027-01-01T00:00:00Z")))
                .isEmpty();
        assertThat(fresh.line().text()).doesNotContain(fresh.token());
        assertThat(TokenLine.draw("a", "view", Optional.empty()).token())
                .hasSizeGreaterThan(40)
                .isNotEqualTo(TokenLine.draw("a", "view", Optional.empty()).token());
    }

    @Test
    void theHashIsSha256OfTheTokenSoThatALineCanBeMadeElsewhere() {
        Tokens tokens = new Tokens(TokenLine.parseAll(
                "# comment\n\n  a:admin:" + HASH + "  \r\nb:view:" + "0".repeat(64) + ":2026-12-31T23:59:59Z\n"));

        assertThat(tokens.size()).isEqualTo(2);
        assertThat(tokens.find("test", NOW).orElseThrow().roles())
                .isEqualTo(EnumSet.of(Role.VIEW, Role.EXPORT, Role.ADMIN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a:view| three parts",
                "a b:view:HASH| name",
                ":view:HASH| name",
                "a:owner:HASH| view, export, admin",
                "a::HASH| view, export, admin",
                "a:view:abc| 64",
                "a:view:HASH:tomorrow| instant"
            })
    void whatCannotBeUnderstoodIsNamedByItsLineAndNotRepeated(String line, String reason) {
        String text = "ok:view:" + HASH + "\n" + line.replace("HASH", HASH);

        assertThatThrownBy(() -> TokenLine.parseAll(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining(reason)
                .hasMessageNotContaining(HASH);
    }

    @Test
    void tokensOfTheEnvironmentMayDoEverything() {
        Tokens tokens = new Tokens(Tokens.plain(List.of("one", "two")));

        assertThat(tokens.find("two", NOW).orElseThrow().roles()).contains(Role.ADMIN);
        assertThat(tokens.find("three", NOW)).isEmpty();
    }
}
