package io.tidemark.views.query;

import io.tidemark.ingest.scan.RowBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;

/**
 * The place of a row among all rows of a table, newest first; rows without a time come last. Rows of one microsecond are in the
 * order of their files' paths and then of the file.
 *
 * <p>A row keeps its key for as long as its file is live, whatever is committed beside it. That is what a cursor rests on.
 *
 * @param micros since 1970; {@link RowBatch#NO_TIME} for none
 * @param path of the file
 * @param position of the row in the file
 */
public record EventKey(long micros, String path, long position) implements Comparable<EventKey> {
    private static final Comparator<EventKey> ORDER = Comparator.comparingLong(EventKey::micros)
            .reversed()
            .thenComparing(EventKey::path)
            .thenComparingLong(EventKey::position);
    private static final int MAX_TEXT = 8192;

    @Override
    public int compareTo(EventKey other) {
        return ORDER.compare(this, other);
    }

    /** This key as a text without meaning to anyone else, fit for a query. */
    public String toText() {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES + name.length)
                .putLong(micros)
                .putLong(position)
                .put(name);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Empty if it is no text that {@link #toText} gave. */
    public static Optional<EventKey> parse(String text) {
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() <= 2 * Long.BYTES) {
                return Optional.empty();
            }
            long micros = bytes.getLong();
            long position = bytes.getLong();
            String path = StandardCharsets.UTF_8.decode(bytes).toString();
            return position < 0 ? Optional.empty() : Optional.of(new EventKey(micros, path, position));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
