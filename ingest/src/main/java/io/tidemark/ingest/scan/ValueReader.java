package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.scan.FileColumn.Physical;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A value column, as ids: a dictionary page's indices are the ids but for null's place, other values are interned. */
class ValueReader extends ChunkReader implements IdVector {
    private static final byte[][] BOOLEANS = {
        "false".getBytes(StandardCharsets.US_ASCII), "true".getBytes(StandardCharsets.US_ASCII)
    };

    /** Eight levels of rows that are not null. */
    private static final long ALL_DEFINED = 0x0101_0101_0101_0101L;

    /** Of the batch, unless they are {@link #byteIds}. */
    final int[] ids = new int[BATCH_ROWS];

    private final byte[] byteIds = new byte[BATCH_ROWS];
    private boolean areBytes;
    /** How many of the {@link #byteIds} are to be had as ints too, as somebody asked for them. */
    private int widened;

    private int rowsOfBatch;
    final HybridRuns runs = new HybridRuns();
    private final ValueCursor[] cursors = new ValueCursor[Encoding.BYTE_STREAM_SPLIT + 1];
    final byte[] text = new byte[TextForm.MAX_TEXT + ByteBudget.SLACK];
    private final int maxDictionaryBytes;

    GrowingDictionary dictionary;
    private Physical cursorType;
    private int cursorWidth;
    TextForm form = TextForm.NONE;
    /** Of a page without indices; null for a page with. */
    ValueCursor cursor;

    private int constant;

    ValueReader(ByteBudget budget, ScanLimits limits) {
        super(budget, limits);
        maxDictionaryBytes = limits.maxDictionaryBytes();
        dictionary = new GrowingDictionary(budget);
    }

    /** To be called before the file's first chunk. */
    void startFile(Column tableColumn, FileColumn fileColumn) {
        form = TextForm.of(tableColumn, fileColumn);
        if (cursorType != fileColumn.type() || cursorWidth != fileColumn.width()) {
            Arrays.fill(cursors, null);
            cursorType = fileColumn.type();
            cursorWidth = fileColumn.width();
        }
    }

    @Override
    void startChunk(FileColumn fileColumn, Chunk chunk) {
        super.startChunk(fileColumn, chunk);
        dictionary = dictionary.next();
        if (fileColumn.type() == Physical.BOOLEAN) {
            for (byte[] value : BOOLEANS) {
                dictionary.add(value, 0, value.length);
            }
            dictionary.endOfBase();
        }
    }

    @Override
    void read(int rows) throws IOException {
        if (dictionary.internedBytes() > maxDictionaryBytes) {
            dictionary = dictionary.base();
        }
        rowsOfBatch = rows;
        super.read(rows);
    }

    @Override
    void dictionary(byte[] from, int start, int end, int count) {
        int width = column.width();
        if (column.type() == Physical.BOOLEAN) {
            throw new Malformed("has a dictionary of booleans");
        }
        if ((long) count * Math.max(width, width == 0 ? Integer.BYTES : 1) > end - start) {
            throw new Malformed("has a dictionary page with fewer values than it says");
        }
        if (form == TextForm.NONE) {
            stringDictionary(from, start, end, count, width);
        } else {
            textDictionary(from, start, end, count);
        }
        dictionary.endOfBase();
    }

    private void stringDictionary(byte[] from, int start, int end, int count, int width) {
        byte[] target = dictionary.room(end - start, count);
        System.arraycopy(from, start, target, 0, end - start);
        int at = 0;
        int limit = end - start;
        for (int i = 0; i < count; i++) {
            int length = width;
            if (width == 0) {
                length = limit - at < 4 ? -1 : (int) INT.get(target, at);
                at += 4;
            }
            if (length < 0 || length > limit - at) {
                throw new Malformed("has a dictionary page with fewer values than it says");
            }
            dictionary.addAt(at, length);
            at += length;
        }
    }

    private void textDictionary(byte[] from, int start, int end, int count) {
        ValueCursor values = ValueCursor.of(Encoding.PLAIN, column);
        values.start(budget, from, start, end);
        for (int i = 0; i < count; i++) {
            values.next();
            dictionary.add(text, 0, form.write(values.array, values.at, values.length, text));
        }
    }

    @Override
    void startValues(int encoding, byte[] from, int start, int end) {
        cursor = null;
        if (Encoding.isDictionary(encoding)) {
            HourReader.startIndices(runs, from, start, end, dictionary.baseSize() - 1);
        } else if (column.type() == Physical.BOOLEAN) {
            startBooleans(encoding, from, start, end);
        } else {
            if (encoding < 0 || encoding >= cursors.length) {
                throw Encoding.unexpected(encoding, column);
            }
            if (cursors[encoding] == null) {
                cursors[encoding] = ValueCursor.of(encoding, column);
            }
            cursor = cursors[encoding];
            cursor.start(budget, from, start, end);
        }
    }

    private void startBooleans(int encoding, byte[] from, int start, int end) {
        if (encoding == Encoding.PLAIN) {
            runs.startPacked(from, start, end, 1);
        } else if (encoding == Encoding.RLE) {
            int length = end - start < 4 ? -1 : (int) INT.get(from, start);
            if (length < 0 || length > end - start - 4) {
                throw new Malformed("has a page with fewer values than it says");
            }
            runs.start(from, start + 4, start + 4 + length, 1, BOOLEANS.length);
        } else {
            throw Encoding.unexpected(encoding, column);
        }
    }

    @Override
    void decode(int offset, int count) {
        startIds(offset, cursor == null && runs.fitBytes());
        if (areBytes) {
            runs.read(byteIds, offset, count, 1);
        } else if (cursor == null) {
            runs.read(ids, offset, count, 1);
        } else if (form == TextForm.NONE) {
            internBytes(offset, count);
        } else {
            internText(offset, count);
        }
    }

    /** A batch begins with bytes if it can, and goes on with ints as soon as it must. */
    final void startIds(int offset, boolean fitBytes) {
        if (offset == 0) {
            areBytes = fitBytes;
            widened = 0;
        } else if (areBytes && !fitBytes) {
            widen(offset);
            areBytes = false;
        }
    }

    private void widen(int count) {
        for (int i = widened; i < count; i++) {
            ids[i] = byteIds[i] & 0xff;
        }
        widened = count;
    }

    /** Gives ids to the next values of a page of strings without indices. */
    void internBytes(int offset, int count) {
        cursor.intern(dictionary, ids, offset, count);
    }

    /** Gives ids to the next values, which are not strings, of a page without indices. */
    void internText(int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            cursor.next();
            ids[i] = dictionary.intern(text, 0, form.write(cursor.array, cursor.at, cursor.length, text));
        }
    }

    @Override
    boolean decodeConstant(int count) {
        if (cursor != null || !runs.repeats(count)) {
            return false;
        }
        constant = runs.repeatedValue() + 1;
        runs.skipRepeated(count);
        return true;
    }

    @Override
    void fillNull(int offset, int count) {
        startIds(offset, true);
        if (areBytes) {
            Arrays.fill(byteIds, offset, offset + count, (byte) NULL);
        } else {
            Arrays.fill(ids, offset, offset + count, NULL);
        }
    }

    @Override
    void constantNull() {
        constant = NULL;
    }

    @Override
    void spread(int offset, int count, int values, byte[] levels) {
        int from = offset + values;
        if (areBytes) {
            spreadBytes(offset, count, from, levels);
            return;
        }
        for (int i = count - 1; i >= 0; i--) {
            from -= levels[i];
            ids[offset + i] = levels[i] == 0 ? NULL : ids[from];
        }
    }

    /** From the end, eight at a time where none of them is null. */
    private void spreadBytes(int offset, int count, int end, byte[] levels) {
        byte[] bytes = byteIds;
        int from = end;
        int i = count;
        while (i > 0) {
            if (i >= 8 && (long) LONG.get(levels, i - 8) == ALL_DEFINED) {
                i -= 8;
                from -= 8;
                LONG.set(bytes, offset + i, (long) LONG.get(bytes, from));
            } else {
                i--;
                from -= levels[i];
                bytes[offset + i] = levels[i] == 0 ? NULL : bytes[from];
            }
        }
    }

    @Override
    void keepRows(int[] rows, int count) {
        rowsOfBatch = count;
        if (areBytes) {
            widened = 0;
            for (int i = 0; i < count; i++) {
                byteIds[i] = byteIds[rows[i]];
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            ids[i] = ids[rows[i]];
        }
    }

    @Override
    public int constant() {
        return constant;
    }

    @Override
    public int[] ids() {
        if (areBytes) {
            widen(rowsOfBatch);
        }
        return ids;
    }

    @Override
    public byte[] byteIds() {
        return areBytes ? byteIds : null;
    }

    @Override
    public ValueDictionary dictionary() {
        return dictionary;
    }
}
