package io.tidemark.web.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.web.config.Columns;
import io.tidemark.web.wire.BadRequestException;
import io.tidemark.web.wire.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts as users write them. */
class AlertReaderTest {
    private static final CubeSpec SPEC = Columns.parse("ts", "channel,type", "session");

    private static Alert read(String json) {
        return new AlertReader(SPEC).read("a", json.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'value','above':10}",
                "{'kind':'value','of':'sessions','below':10,'clear':12.5,'forSeconds':60}",
                "{'kind':'value','of':'no-time','filter':{'channel':['web',null,'']},'above':0}",
                "{'kind':'value','filter':{'from':'2026-01-01','to':'2026-01-31'},'above':1}",
                "{'kind':'value','hours':24,'filter':{'null':['type']},'below':1}",
                "{'kind':'change','below':-50}",
                "{'kind':'change','unit':'events','hours':3,'above':1000}",
                "{'kind':'freshness','above':30}",
                "{'kind':'freshness','of':'commit','above':900,'clear':60}",
                "{'kind':'state'}",
                "{'kind':'state','states':['catching-up']}"
            })
    void whatIsWrittenIsReadAsTheSame(String json) {
        Alert alert = read(json);

        String written = Json.object(fields -> AlertJson.definition(fields, alert));

        assertThat(new AlertReader(SPEC).read("a", written)).isEqualTo(alert);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]| one JSON object",
                "{}| 'kind' must be one of",
                "{'kind':'sum','above':1}| 'kind' must be one of",
                "{'kind':'value'}| one of 'above' and 'below'",
                "{'kind':'value','above':1,'below':2}| one of 'above' and 'below'",
                "{'kind':'value','above':'1'}| 'above' must be a number",
                "{'kind':'value','above':1,'clear':2}| must not lie beyond",
                "{'kind':'value','above':1,'colour':2}| no field 'colour'",
                "{'kind':'value','above':1,'name':'b'}| not that of the path",
                "{'kind':'value','above':1,'forSeconds':-1}| whole number from 0",
                "{'kind':'value','above':1,'hours':1.5}| whole number from 1",
                "{'kind':'value','above':1,'hours':1,'filter':{'from':'2026-01-01'}}| only one of them",
                "{'kind':'value','above':1,'of':'sessions','filter':{'channel':'web'}}| need a scan",
                "{'kind':'value','above':1,'filter':{'colour':'red'}}| has no 'colour'",
                "{'kind':'value','above':1,'filter':{'from':'2026-01-01T00:30:00Z'}}| whole hour",
                "{'kind':'change','above':1,'filter':{'to':'2026-01-01'}}| only one of them",
                "{'kind':'freshness','below':1}| use 'above'",
                "{'kind':'state','states':[]}| no state",
                "{'kind':'state','states':['happy']}| list of these",
                "{'kind':'state','above':1}| no field 'above'"
            })
    void whatCannotBeMeasuredIsRefusedWithTheReason(String json, String reason) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a ", "a/b", "..", "a\nb", "\u202egpj", "\ud800", "a\\b"})
    void aNameCanBeSeenAndStandInAPath(String name) {
        assertThat(Alert.isName(name)).isFalse();
    }

    @Test
    void namesMayBeInAnyLanguageAndLookLikeMarkup() {
        assertThat(Alert.isName("<img src=x onerror=alert(1)>".replace("/", "")))
                .isTrue();
        assertThat(Alert.isName("Störung 警報 🌊")).isTrue();
        assertThat(Alert.isName("x".repeat(Alert.MAX_NAME + 1))).isFalse();
    }
}
