package io.tidemark.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.generate.EventBatch;
import io.tidemark.ingest.generate.EventColumn;
import io.tidemark.ingest.generate.LiveEvents;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventJsonTest {
    private static final long KAFKA_MILLIS = 1_700_000_000_000L;

    private final EventJsonReader reader = new EventJsonReader();
    private final EventBatch batch = new EventBatch(8);

    @Test
    void whatTheSourceSendsIsWhatTheWriterReads() throws Exception {
        EventBatch events = new EventBatch(200);
        LiveEvents live = new LiveEvents(7, 100_000, Duration.ofMillis(1), () -> false);
        EventBatch read = new EventBatch(200);
        EventJsonWriter writer = new EventJsonWriter();

        while (read.size() < 200) {
            live.next(events);
            for (int row = 0; row < events.size() && read.size() < 200; row++) {
                reader.read(writer.write(events, row), KAFKA_MILLIS, read);
                assertSame(events, row, read, read.size() - 1);
            }
        }
    }

    private static void assertSame(EventBatch expected, int row, EventBatch actual, int at) {
        assertThat(actual.timestamp(at)).isEqualTo(expected.timestamp(row));
        assertThat(Double.compare(actual.value(at), expected.value(row))).isZero();
        for (EventColumn column : EventColumn.values()) {
            Binary text = expected.text(column, row);
            boolean emptied = text == null && column == EventColumn.SESSION_ID;
            assertThat(actual.text(column, at)).as("%s", column).isEqualTo(emptied ? Binary.fromString("") : text);
        }
    }

    @Test
    void whatIsMissingIsNullButAnIdIsEmpty() throws Exception {
        read("{}");

        assertThat(batch.text(EventColumn.CHANNEL, 0)).isNull();
        assertThat(batch.text(EventColumn.SESSION_ID, 0)).isEqualTo(Binary.fromString(""));
        assertThat(batch.value(0)).isNaN();
        assertThat(batch.timestamp(0)).isEqualTo(KAFKA_MILLIS * 1000);
    }

    @Test
    void anObjectWhereATextBelongsIsKeptAsItsText() throws Exception {
        read("{\"unknown\":{\"channel\":\"no\"},\"metadata\":{\"a\":[1,{}]},\"platform\":7,\"channel\":\"web\"}");

        assertThat(text(EventColumn.METADATA)).isEqualTo("{\"a\":[1,{}]}");
        assertThat(text(EventColumn.PLATFORM)).isEqualTo("7");
        assertThat(text(EventColumn.CHANNEL)).isEqualTo("web");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"2026-01-01T00:00:00.000001Z\"|1767225600000001",
                "\"2026-01-01T02:00:00+02:00\"|1767225600000000",
                "\"1969-12-31T23:59:59.999999Z\"|-1",
                "1767225600000|1767225600000000"
            })
    void aTimeIsATextWithAnOffsetOrMilliseconds(String json, long micros) throws Exception {
        read("{\"timestamp\":" + json + "}");

        assertThat(batch.timestamp(0)).isEqualTo(micros);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"timestamp\":\"yesterday\"}|timestamp is not like",
                "{\"timestamp\":9223372036854775807}|timestamp",
                "{\"timestamp\":99999999999999999999}|timestamp",
                "{\"timestamp\":{}}|timestamp is neither",
                "{\"interaction_value\":\"x\"}|interaction_value",
                "{\"channel\":\"web\"|not JSON",
                "{} {}|more than one",
                "[]|not a JSON object",
                "``|not a JSON object"
            })
    void whatIsNoEventIsRefusedAndLeavesTheBatchAsItWas(String json, String why) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining(why);
        assertThat(batch.size()).isZero();
    }

    @Test
    void aRecordWithoutAValueIsNoEvent() {
        assertThatThrownBy(() -> reader.read(null, KAFKA_MILLIS, batch)).isInstanceOf(UnreadableEventException.class);
    }

    private void read(String json) throws UnreadableEventException {
        reader.read(json.getBytes(StandardCharsets.UTF_8), KAFKA_MILLIS, batch);
    }

    private String text(EventColumn column) {
        return batch.text(column, 0).toStringUsingUTF8();
    }
}
