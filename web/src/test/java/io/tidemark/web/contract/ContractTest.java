package io.tidemark.web.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.web.config.Columns;
import io.tidemark.web.wire.BadRequestException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractTest {
    private static final CubeSpec SPEC =
            Columns.parse("timestamp", "channel,type=event_type,platform,category=event_category", "session_id");

    /** By the schema of OpenAPI 3.1, which Vert.x brings. */
    @Test
    void theDocumentIsValidWhateverIsConfigured() {
        Vertx vertx = Vertx.vertx();
        try {
            SchemaRepository repository = join(OpenAPIVersion.V3_1.getRepository(vertx, "app://"));
            for (String dimensions : List.of(
                    "channel,type=event_type,platform,category=event_category",
                    "",
                    "one",
                    "true,1=a\"b\\{first}: #,no-1_.x=\u00fc\u2028")) {
                for (String prefix : List.of("", "/t/events")) {
                    JsonObject document = Contract.of(
                                    Columns.parse(dimensions.isEmpty() ? "" : "ts", dimensions, ""), prefix, "1")
                            .json();

                    OutputUnit found = join(OpenAPIVersion.V3_1.validateContract(vertx, repository, document));

                    assertThat(found.getValid()).as(dimensions + ": " + found).isTrue();
                    assertThat(danglingReferences(document)).isEmpty();
                }
            }
        } finally {
            join(vertx.close());
        }
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private static List<String> danglingReferences(JsonObject document) {
        return Pattern.compile("\"\\$ref\":\"#([^\"]+)\"")
                .matcher(document.encode())
                .results()
                .map(match -> match.group(1))
                .filter(pointer -> JsonPointer.from(pointer).queryJson(document) == null)
                .toList();
    }

    @Test
    void aColumnsNameCannotBreakTheDocument() {
        Contract contract = Contract.of(Columns.parse("ts", "a=x\"y\\{first}: #", ""), "", "1");

        assertThat(contract.json()
                        .getJsonObject("components")
                        .getJsonObject("parameters")
                        .getJsonObject("dimension.a")
                        .getString("description"))
                .contains("x\"y\\{first}: #");
    }

    @Test
    void theDocumentSpeaksOfTheConfiguredDimensionsOnly() {
        Contract contract = Contract.of(Columns.parse("ts", "country,shop=shop_id", ""), "", "1");

        JsonObject schemas = contract.json().getJsonObject("components").getJsonObject("schemas");
        assertThat(schemas.getJsonObject("Views").getJsonObject("properties").fieldNames())
                .containsExactly("totals", "hourly", "country", "shop", "heatmap");
        assertThat(contract.yaml()).doesNotContain("channel", "# if", "# each", "# end");
        assertThat(contract.json().getJsonObject("paths").fieldNames()).contains("/metrics");
        assertThat(Contract.of(SPEC, "/t/x", "1").json().getJsonObject("paths").fieldNames())
                .doesNotContain("/metrics");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /api/v1/views          | colour  | red        | unknown-parameter | There is no parameter 'colour' here. Parameters: from, to, channel, type, platform, category, null, sessions, version.
                    /api/v1/schema         | x       | 1          | unknown-parameter | There is no parameter 'x' here. This path takes none.
                    /api/v1/views          | from    | yesterday  | bad-filter        | 'from' is 'yesterday'. Allowed: an instant such as 2026-01-01T12:00:00Z or a date such as 2026-01-01.
                    /api/v1/views          | null    | colour     | bad-filter        | 'null' is 'colour'. Allowed: one of channel, type, platform, category.
                    /api/v1/views/{view}   | limit   | 0          | bad-parameter     | 'limit' is '0'. Allowed: a whole number from 1 to 100000.
                    /api/v1/events         | limit   | 10.5       | bad-parameter     | 'limit' is '10.5'. Allowed: a whole number from 1 to 1000.
                    /api/v1/events         | version | -1         | bad-parameter     | 'version' is '-1'. Allowed: the number of a version of the table.
                    /api/v1/export         | format  | xml        | bad-parameter     | 'format' is 'xml'. Allowed: one of csv, ndjson, xlsx, parquet.
                    /api/v1/export         | raw     | yes        | bad-parameter     | 'raw' is 'yes'. Allowed: true or false.
                    /api/v1/views          | sessions | some      | bad-parameter     | 'sessions' is 'some'. Allowed: exact.
                    /api/v1/analyses/funnel | by     | colour     | bad-parameter     | 'by' is 'colour'. Allowed: one of channel, type, platform, category.
                    /api/v1/analyses/funnel | within | 30m        | bad-parameter     | 'within' is '30m'. Allowed: a length of time such as PT30M or P7D.
                    /api/v1/analyses/cohort | unit   | month      | bad-parameter     | 'unit' is 'month'. Allowed: one of day, week.
                    /api/v1/stream         | views   | none       | bad-views         | 'views' is 'none'. Allowed: one of totals, hourly, channel, type, platform, category, heatmap.
                    """)
    void whatTheDocumentDoesNotAllowIsRefusedInASentence(
            String path, String name, String value, String code, String sentence) {
        RequestRules rules = RequestRules.of(Contract.of(SPEC, "", "1")).get(path);

        assertThatThrownBy(() -> rules.check(Map.of(name, List.of(value))))
                .isInstanceOfSatisfying(
                        BadRequestException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(sentence);
    }

    @Test
    void howOftenAParameterMayBeGivenIsTheDocumentsWordToo() {
        RequestRules rules = RequestRules.of(Contract.of(SPEC, "", "1")).get("/api/v1/views");

        rules.check(Map.of("channel", List.of("web", "", "1.5", "null", "%zz", "a&channel=b", "\ud800")));
        assertThatThrownBy(() -> rules.check(Map.of("to", List.of("2026-01-01", "2026-01-02"))))
                .hasMessage("'to' is given more than once.");
        assertThatThrownBy(() -> rules.check(Map.of("channel", java.util.Collections.nCopies(1001, "x"))))
                .hasMessage("'channel' is given 1001 times; at most 1000 are allowed.");
    }

    @Test
    void whatAClientSentIsRepeatedShortAndPlain() {
        RequestRules rules = RequestRules.of(Contract.of(SPEC, "", "1")).get("/api/v1/views");

        assertThatThrownBy(() -> rules.check(Map.of("from", List.of("a\u202e\n" + "x".repeat(100)))))
                .hasMessageStartingWith("'from' is 'a\ufffd\ufffdxxx")
                .hasMessageContaining("x\u2026'. Allowed:");
    }
}
