package io.tidemark.web.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.cube.Dimension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/delta/analytics-events, analytics-events, s3://bucket/delta/analytics-events",
        "/data/my table/, my-table, /data/my table/",
        "sales=s3://bucket/x=1/t, sales, s3://bucket/x=1/t",
        "/data/x=1/t, t, /data/x=1/t",
        "file:///, file-, file:///"
    })
    void aTableHasANameOfItsOwnOrOneOfItsUri(String text, String name, String uri) {
        assertThat(TableAddress.parse(text)).isEqualTo(new TableAddress(name, uri));
    }

    @Test
    void oneVariableMayHoldSeveralTablesWithNames() {
        assertThat(TableAddress.parseAll(List.of("a=s3://x/a  b=/data/b")))
                .containsExactly(new TableAddress("a", "s3://x/a"), new TableAddress("b", "/data/b"));
        assertThat(TableAddress.parseAll(List.of("/data/my table"))).hasSize(1);
        assertThatThrownBy(() -> TableAddress.parseAll(List.of("/x/t", "/y/t")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Two tables are called 't'");
    }

    @Test
    void columnsMayHaveNamesOrNoneOrNotBeThere() {
        assertThat(Columns.parse("ts", "channel, type=event_type", "").dimensions())
                .containsExactly(new Dimension("channel", "channel"), new Dimension("type", "event_type"));
        assertThat(Columns.parse("", "", "").timeColumn()).isEmpty();
        assertThat(Columns.parse("", "", "").dimensions()).isEmpty();
        assertThat(Columns.parse("", "", "").distinctColumn()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"totals", "a,,b", "a=", "=a", "a,a=b", "from=x", "a b"})
    void dimensionsThatCannotBeServedAreRefused(String dimensions) {
        assertThatThrownBy(() -> Columns.parse("", dimensions, ""))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("--dimensions: ");
    }

    @ParameterizedTest
    @CsvSource({"1024, 768", "1048576, 25000", "20, 64", "unlimited, 25000"})
    void soManyConnectionsAreTakenAsTheProcessMayOpenFiles(String limit, int connections) {
        String limits = "Limit                     Soft Limit           Hard Limit           Units\n"
                + "Max processes             100                  100                  processes\n"
                + "Max open files            " + limit + "                 1048576              files\n";
        assertThat(OpenFiles.connections(OpenFiles.limit(limits))).isEqualTo(connections);
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "2s,2000", "1.5s,1500", "1m,60000", "1h,3600000"})
    void durationsHaveUnits(String text, long millis) {
        assertThat(Durations.parse("--x", text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "0s", "-1s", "soon", ""})
    void whatIsNoDurationIsRefused(String text) {
        assertThatThrownBy(() -> Durations.parse("--poll-interval", text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--poll-interval");
    }

    @Test
    void whoeverCanBeReachedNeedsAuthenticationOrTheUsersWord() {
        Exposure.check("127.0.0.1", AccessSettings.OPEN, false);
        Exposure.check("localhost", AccessSettings.OPEN, false);
        Exposure.check("::1", AccessSettings.OPEN, false);
        Exposure.check("0.0.0.0", AccessSettings.ofTokens(List.of("secret")), false);
        Exposure.check("0.0.0.0", AccessSettings.OPEN, true);
        assertThatThrownBy(() -> Exposure.check("0.0.0.0", AccessSettings.OPEN, false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("TIDEMARK_AUTH_TOKENS")
                .hasMessageContaining("--insecure");
    }

    @Test
    void tokensAreSeparatedByCommasOrSpaces() {
        assertThat(Exposure.tokens(" a, b c,")).containsExactly("a", "b", "c");
        assertThat(Exposure.tokens("")).isEmpty();
    }
}
