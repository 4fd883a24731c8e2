package io.tidemark.ingest.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** How JSON of the log is read: as a stream, within limits. Of a field that comes twice, the last one counts. */
final class LogJson {
    /** Nothing longer is ever asked for; {@link LogLimits} says how long a line may be. */
    private static final int MAX_TEXT = 32 << 20;

    /** Partition columns, table properties, features: no table has so many. */
    private static final int MAX_ENTRIES = 10_000;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(500)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(10_000)
                    .build())
            .build();

    private LogJson() {}

    /**
     * A parser of UTF-8 text. Jackson's own decoder lets overlong forms pass, of which no other reader makes the same text.
     *
     * @throws java.nio.charset.CharacterCodingException if this is not UTF-8
     */
    static JsonParser parser(byte[] bytes, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] < 0) {
                ByteBuffer text = ByteBuffer.wrap(bytes, offset, length);
                return FACTORY.createParser(
                        StandardCharsets.UTF_8.newDecoder().decode(text).toString());
            }
        }
        return FACTORY.createParser(bytes, offset, length);
    }

    /** The value at the parser as text; null for null. An object or array is not text. */
    static String text(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (!json.currentToken().isScalarValue()) {
            throw new TableException("'" + json.currentName() + "' is not text.");
        }
        return json.getText();
    }

    static long integer(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new TableException("'" + json.currentName() + "' is not a whole number.");
        }
        return json.getLongValue();
    }

    /** An object of texts; values that are not scalar are left out. Null values stay. */
    static Map<String, String> map(JsonParser json) throws IOException {
        Map<String, String> entries = new HashMap<>();
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return entries;
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new TableException("'" + json.currentName() + "' is not an object.");
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            if (json.nextToken().isScalarValue()) {
                requireFew(entries.size());
                entries.put(key, text(json));
            } else {
                json.skipChildren();
            }
        }
        return entries;
    }

    /** @throws TableException if one entry more would be too many */
    static void requireFew(int entries) {
        if (entries >= MAX_ENTRIES) {
            throw new TableException(
                    "More than " + MAX_ENTRIES + " entries in one object or array, which is not read.");
        }
    }

    static Map<String, String> mapWithoutNulls(JsonParser json) throws IOException {
        Map<String, String> entries = map(json);
        entries.values().removeIf(Objects::isNull);
        return entries;
    }
}
