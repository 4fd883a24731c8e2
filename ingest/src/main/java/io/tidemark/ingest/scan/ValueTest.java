package io.tidemark.ingest.scan;

import io.tidemark.ingest.scan.FileColumn.Physical;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Accepted values of one column. A value of a dictionary page is looked at once, and then only its id. */
final class ValueTest implements RowTest {

    /** What malformed UTF-8 is read as: then bytes that differ are the same text. */
    private static final String REPLACEMENT = "\uFFFD";

    private final RowFilter.Condition condition;
    private final byte[][] accepted;
    private final boolean byBytes;
    private boolean hasTextBounds;

    private ValueDictionary dictionary;
    private byte[] accepts = {};
    private int known;

    ValueTest(RowFilter.Condition condition) {
        this.condition = condition;
        accepted = condition.texts().stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        byBytes = condition.texts().stream().noneMatch(text -> text.contains(REPLACEMENT));
    }

    @Override
    public void startFile(FileColumn column) {
        boolean isText = column.meaning() == FileColumn.Meaning.TEXT || column.meaning() == FileColumn.Meaning.NONE;
        hasTextBounds = byBytes && isText && column.type() == Physical.BYTE_ARRAY;
        dictionary = null;
    }

    @Override
    public boolean mayMatch(Chunk chunk) {
        ChunkDetail.Texts texts = chunk.detail().texts();
        return mayMatchNull(chunk)
                || texts == null
                || mayMatch(texts.min(), 0, texts.min().length, texts.max(), 0, texts.max().length);
    }

    private boolean mayMatchNull(Chunk chunk) {
        return condition.acceptsNull() && chunk.detail().nulls() != 0;
    }

    @Override
    public boolean mayMatch(Chunk chunk, RowReader reader) {
        if (!chunk.detail().dictionaryPages() || mayMatchNull(chunk)) {
            return true;
        }
        learn(reader.dictionary());
        for (int id = 1; id < known; id++) {
            if (accepts[id] != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean mayMatch(byte[] bytes, int min, int minLength, int max, int maxLength) {
        return mayMatch(bytes, min, minLength, bytes, max, maxLength);
    }

    private boolean mayMatch(byte[] mins, int min, int minLength, byte[] maxs, int max, int maxLength) {
        if (!hasTextBounds) {
            return true;
        }
        for (byte[] text : accepted) {
            if (Arrays.compareUnsigned(text, 0, text.length, mins, min, min + minLength) >= 0
                    && Arrays.compareUnsigned(text, 0, text.length, maxs, max, max + maxLength) <= 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean acceptsNull() {
        return condition.acceptsNull();
    }

    @Override
    public int select(RowReader reader, int[] selected, int count) {
        learn(reader.dictionary());
        if (reader.isConstant()) {
            return accepts(reader.constant()) ? count : 0;
        }
        byte[] bytes = reader.byteIds();
        return bytes == null ? select(reader.ids(), selected, count) : select(bytes, selected, count);
    }

    /** Ids that fit into bytes are of a dictionary page: {@link #accepts} has them all. */
    private int select(byte[] ids, int[] selected, int count) {
        byte[] table = accepts;
        int found = 0;
        for (int i = 0; i < count; i++) {
            int row = selected[i];
            selected[found] = row;
            found += table[ids[row] & 0xff];
        }
        return found;
    }

    private int select(int[] ids, int[] selected, int count) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            int row = selected[i];
            selected[found] = row;
            found += accepts(ids[row]) ? 1 : 0;
        }
        return found;
    }

    private boolean accepts(int id) {
        return id < known ? accepts[id] != 0 : matches(id);
    }

    private void learn(ValueDictionary of) {
        if (of == dictionary) {
            return;
        }
        dictionary = of;
        known = of.lasting();
        if (accepts.length < known) {
            accepts = new byte[Math.max(known, 2 * accepts.length)];
        }
        accepts[IdVector.NULL] = (byte) (condition.acceptsNull() ? 1 : 0);
        for (int id = 1; id < known; id++) {
            accepts[id] = (byte) (matches(id) ? 1 : 0);
        }
    }

    private boolean matches(int id) {
        if (!byBytes) {
            return condition.texts().contains(dictionary.text(id));
        }
        byte[] bytes = dictionary.bytes();
        int start = dictionary.offset(id);
        int end = start + dictionary.length(id);
        for (byte[] text : accepted) {
            if (Arrays.equals(text, 0, text.length, bytes, start, end)) {
                return true;
            }
        }
        return false;
    }
}
