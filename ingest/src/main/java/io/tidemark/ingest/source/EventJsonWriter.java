package io.tidemark.ingest.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.ingest.generate.EventBatch;
import io.tidemark.ingest.generate.EventColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.io.api.Binary;

/** An event as one JSON object: the table's columns by their names, the time in RFC 3339. Not thread-safe. */
final class EventJsonWriter {
    private static final EventColumn[] COLUMNS = EventColumn.values();

    private final JsonFactory json = new JsonFactory();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

    byte[] write(EventBatch batch, int row) {
        bytes.reset();
        try (JsonGenerator to = json.createGenerator(bytes)) {
            to.writeStartObject();
            for (EventColumn column : COLUMNS) {
                to.writeFieldName(column.columnName());
                switch (column) {
                    case TIMESTAMP ->
                        to.writeString(instant(batch.timestamp(row)).toString());
                    case INTERACTION_VALUE -> writeValue(to, batch.value(row));
                    default -> writeText(to, batch.text(column, row));
                }
            }
            to.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it writes to memory
        }
        return bytes.toByteArray();
    }

    private static Instant instant(long micros) {
        long second = TimeUnit.SECONDS.toMicros(1);
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, second), TimeUnit.MICROSECONDS.toNanos(Math.floorMod(micros, second)));
    }

    private static void writeValue(JsonGenerator to, double value) throws IOException {
        if (Double.isNaN(value)) {
            to.writeNull();
        } else {
            to.writeNumber(value);
        }
    }

    private static void writeText(JsonGenerator to, Binary text) throws IOException {
        if (text == null) {
            to.writeNull();
        } else {
            byte[] utf8 = text.getBytes();
            to.writeUTF8String(utf8, 0, utf8.length);
        }
    }
}
