package io.tidemark.web.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.ingest.log.Column;
import io.tidemark.views.query.EventKey;
import io.tidemark.views.query.EventPage;
import java.io.IOException;
import java.util.List;

/** The body of an answer with rows. */
public final class EventsJson {

    private EventsJson() {}

    public static String of(EventPage page) {
        return Json.object(json -> {
            json.writeNumberField("version", page.version());
            json.writeStringField("epoch", page.epoch());
            json.writeArrayFieldStart("events");
            for (String[] row : page.rows()) {
                write(json, page.columns(), row);
            }
            json.writeEndArray();
            json.writeStringField("cursor", page.next().map(EventKey::toText).orElse(null));
        });
    }

    private static void write(JsonGenerator json, List<Column> columns, String[] row) throws IOException {
        json.writeStartObject();
        for (int c = 0; c < row.length; c++) {
            json.writeFieldName(columns.get(c).name());
            if (row[c] == null) {
                json.writeNull();
            } else {
                writeValue(json, columns.get(c), row[c]);
            }
        }
        json.writeEndObject();
    }

    private static void writeValue(JsonGenerator json, Column column, String text) throws IOException {
        switch (column.type()) {
            case BYTE, SHORT, INTEGER, LONG, DECIMAL -> json.writeNumber(text);
            case FLOAT, DOUBLE -> {
                // JSON has no word for what is not a number.
                if (text.endsWith("N") || text.endsWith("y")) {
                    json.writeString(text);
                } else {
                    json.writeNumber(text);
                }
            }
            case BOOLEAN -> json.writeBoolean(Boolean.parseBoolean(text));
            case STRUCT, ARRAY, MAP, OTHER -> json.writeRawValue(text);
            default -> json.writeString(text);
        }
    }
}
