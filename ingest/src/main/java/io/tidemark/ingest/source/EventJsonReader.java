package io.tidemark.ingest.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.ingest.generate.EventBatch;
import io.tidemark.ingest.generate.EventColumn;
import java.io.IOException;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.io.api.Binary;

/**
 * Reads events that are JSON objects with the table's columns as members, in any order. Not thread-safe.
 *
 * <p>What is not a column is passed over. A member that is missing is null, like one that is null, but an id is then the
 * empty text, as the seed's writer stores it. Other values in the place of a text are stored as their JSON text.
 */
final class EventJsonReader {
    /** Some 285,000 years: less than a double's whole numbers and, in microseconds, than a long's. */
    private static final double MOST_MILLIS = 9e15;

    private static final Binary EMPTY = Binary.fromString("");
    private static final Map<String, EventColumn> BY_NAME = new HashMap<>();

    static {
        for (EventColumn column : EventColumn.values()) {
            BY_NAME.put(column.columnName(), column);
        }
    }

    private final JsonFactory json = new ObjectMapper().getFactory();
    private final Binary[] texts = new Binary[EventColumn.COUNT];
    private long micros;
    private double value;

    /**
     * Adds an event to a batch that has room for it.
     *
     * @param event may be null, as a record's value in Kafka
     * @param recordMillis when Kafka took it in: the time of an event that names none
     * @throws UnreadableEventException if it is no such event; the batch is as it was
     */
    void read(byte[] event, long recordMillis, EventBatch batch) throws UnreadableEventException {
        if (event == null) {
            throw new UnreadableEventException("it is empty");
        }
        Arrays.fill(texts, null);
        micros = TimeUnit.MILLISECONDS.toMicros(recordMillis);
        value = Double.NaN;
        try (JsonParser from = json.createParser(event)) {
            if (from.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableEventException("it is not a JSON object");
            }
            while (from.nextToken() == JsonToken.FIELD_NAME) {
                EventColumn column = BY_NAME.get(from.currentName());
                from.nextToken();
                take(column, from);
            }
            if (from.currentToken() != JsonToken.END_OBJECT || from.nextToken() != null) {
                throw new UnreadableEventException("it is more than one JSON object");
            }
        } catch (UnreadableEventException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableEventException("it is not JSON");
        }
        addTo(batch);
    }

    private void take(EventColumn column, JsonParser from) throws IOException {
        if (column == null) {
            from.skipChildren();
        } else if (column == EventColumn.TIMESTAMP) {
            takeTime(from);
        } else if (column == EventColumn.INTERACTION_VALUE) {
            takeValue(from);
        } else {
            texts[column.ordinal()] = text(from);
        }
    }

    private void takeTime(JsonParser from) throws IOException {
        switch (from.currentToken()) {
            case VALUE_NULL -> {}
            case VALUE_NUMBER_INT -> micros = ofMillis(from.getValueAsDouble());
            case VALUE_STRING -> micros = parse(from.getText());
            default -> throw new UnreadableEventException("its timestamp is neither a text nor a number");
        }
    }

    /** @param millis whole; as a double, which has room for every number that JSON can say */
    private static long ofMillis(double millis) throws UnreadableEventException {
        if (Math.abs(millis) > MOST_MILLIS) {
            throw new UnreadableEventException("its timestamp is out of range");
        }
        return (long) millis * 1_000L;
    }

    private static long parse(String text) throws UnreadableEventException {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000L);
        } catch (DateTimeException | ArithmeticException e) {
            throw new UnreadableEventException("its timestamp is not like 2026-01-01T12:00:00.000Z");
        }
    }

    private void takeValue(JsonParser from) throws IOException {
        switch (from.currentToken()) {
            case VALUE_NULL -> {}
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> value = from.getDoubleValue();
            default -> throw new UnreadableEventException("its interaction_value is not a number");
        }
    }

    private Binary text(JsonParser from) throws IOException {
        switch (from.currentToken()) {
            case VALUE_NULL:
                return null;
            case VALUE_STRING:
                return Binary.fromString(from.getText());
            case START_OBJECT, START_ARRAY:
                StringWriter inner = new StringWriter();
                try (JsonGenerator to = json.createGenerator(inner)) {
                    to.copyCurrentStructure(from);
                }
                return Binary.fromString(inner.toString());
            default:
                return Binary.fromString(from.getText());
        }
    }

    private void addTo(EventBatch batch) {
        int row = batch.addRow();
        batch.timestamp(row, micros);
        batch.value(row, value);
        for (EventColumn column : EventColumn.values()) {
            switch (column) {
                case TIMESTAMP, INTERACTION_VALUE -> {}
                case SESSION_ID, USER_ID, DEVICE_ID -> {
                    Binary id = texts[column.ordinal()];
                    batch.text(column, row, id == null ? EMPTY : id);
                }
                default -> batch.text(column, row, texts[column.ordinal()]);
            }
        }
    }
}
