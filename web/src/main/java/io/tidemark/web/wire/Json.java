package io.tidemark.web.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.CharArrayWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Writes JSON text. */
public final class Json {

    // Without field name interning and canonicalising: only writing goes through it.
    private static final JsonFactory FACTORY = new JsonFactory();

    private static final int SECONDS_PER_HOUR = 3600;

    private Json() {}

    /** What goes into one JSON text. */
    @FunctionalInterface
    public interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /** The text of one object whose fields are written by {@code fields}. */
    public static String object(Content fields) {
        return object(256, fields);
    }

    /** As above, of a text that will have about so many characters. */
    static String object(int characters, Content fields) {
        // By characters and not bytes: a lone surrogate, which only a client can send, must not break the message.
        // And not into a StringWriter, which Java 17 makes look at each of them.
        CharArrayWriter text = new CharArrayWriter(characters);
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** RFC 3339 in UTC. */
    public static String time(Instant instant) {
        return instant.toString();
    }

    /** RFC 3339 of an hour since the epoch. */
    public static String hour(long hour) {
        return Instant.ofEpochSecond(hour * SECONDS_PER_HOUR).toString();
    }
}
