package io.tidemark.ingest.log;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * The number of records in a file's statistics. Nothing is counted by it, so that what is odd is no error but no statement.
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#per-file-statistics">Delta protocol</a>
 */
final class StatedRows {
    /** How every writer that we know begins. */
    private static final String USUAL = "{\"numRecords\":";

    /** Eighteen digits always fit into a long. */
    private static final int MOST_DIGITS = 18;

    /** Of statistics that begin otherwise, as much is searched: a thousand columns' worth. */
    private static final int MOST_CHARS = 1 << 18;

    private StatedRows() {}

    static OptionalLong in(String stats) {
        if (stats.startsWith(USUAL)) {
            long rows = 0;
            int at = USUAL.length();
            int end = Math.min(stats.length(), at + MOST_DIGITS);
            while (at < end && stats.charAt(at) >= '0' && stats.charAt(at) <= '9') {
                rows = 10 * rows + stats.charAt(at++) - '0';
            }
            if (at > USUAL.length() && at < stats.length() && (stats.charAt(at) == ',' || stats.charAt(at) == '}')) {
                return OptionalLong.of(rows);
            }
        }
        return stats.length() > MOST_CHARS ? OptionalLong.empty() : searched(stats);
    }

    private static OptionalLong searched(String stats) {
        try (JsonParser json = LogJson.FACTORY.createParser(stats)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return OptionalLong.empty();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                // At the top only: a column may have this name, too.
                boolean found = json.currentName().equals("numRecords");
                JsonToken value = json.nextToken();
                if (found) {
                    return value == JsonToken.VALUE_NUMBER_INT ? whole(json) : OptionalLong.empty();
                }
                json.skipChildren();
            }
            return OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong whole(JsonParser json) throws IOException {
        long rows = json.getLongValue();
        boolean ended = json.nextToken() != null;
        return rows >= 0 && ended ? OptionalLong.of(rows) : OptionalLong.empty();
    }
}
