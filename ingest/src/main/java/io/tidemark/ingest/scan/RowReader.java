package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import java.io.IOException;
import java.util.Arrays;

/**
 * A column of a row scan. Values of plain pages are not interned: who writes rows writes each of them anyway.
 *
 * <p>Text is made late. Until {@link #finish}, a value of fixed width from a plain page lies in {@link #raw} as it was stored,
 * and its id is the complement of its number there.
 */
final class RowReader extends ValueReader implements RowColumn {
    /** Fewer than one row in so many are few. */
    private static final int FEW = 4;

    private byte[] raw = {};
    private int rawCount;
    /** 1 for each row of the batch whose value matters; null = all. */
    private byte[] wanted;

    private boolean fewWanted;

    /** Null unless this is the time column. */
    private MicroForm times;

    private final long[] micros;
    private long[] rawMicros = {};
    private long[] dictionaryMicros = {};

    /** @param isTime true if {@link #micros()} is wanted */
    RowReader(ByteBudget budget, ScanLimits limits, boolean isTime) {
        super(budget, limits);
        micros = new long[isTime ? BATCH_ROWS : 0];
    }

    @Override
    void startFile(Column tableColumn, FileColumn fileColumn) {
        super.startFile(tableColumn, fileColumn);
        times = micros.length > 0 ? MicroForm.of(fileColumn) : null;
    }

    @Override
    void dictionary(byte[] from, int start, int end, int count) {
        super.dictionary(from, start, end, count);
        if (times != null) {
            dictionaryMicros = budget.extend(dictionaryMicros, count);
            times.plain(from, start, dictionaryMicros, 0, count);
        }
    }

    @Override
    public void read(int rows, byte[] wantedRows, int count) throws IOException {
        dictionary.truncate();
        rawCount = 0;
        wanted = wantedRows;
        fewWanted = wanted != null && FEW * count < rows;
        read(rows);
        if (times != null && wanted == null) {
            fillMicros(rows);
        }
    }

    /** Indices one by one where few are wanted: whole groups of them come at a quarter of the price. */
    @Override
    void decode(int offset, int count) {
        if (cursor == null && fewWanted) {
            startIds(offset, false);
            runs.read(ids, offset, count, 1, wanted);
        } else {
            super.decode(offset, count);
        }
    }

    private void fillMicros(int rows) {
        if (isConstant()) {
            Arrays.fill(micros, 0, rows, constant() == NULL ? RowBatch.NO_TIME : dictionaryMicros[constant() - 1]);
            return;
        }
        int[] ids = ids();
        rawMicros = budget.extend(rawMicros, rawCount);
        times.plain(raw, 0, rawMicros, 0, rawCount);
        for (int i = 0; i < rows; i++) {
            int id = ids[i];
            micros[i] = id < 0 ? rawMicros[~id] : id == NULL ? RowBatch.NO_TIME : dictionaryMicros[id - 1];
        }
    }

    /** The times of the batch; only of the time column. */
    long[] micros() {
        return micros;
    }

    @Override
    void internBytes(int offset, int count) {
        internBytes(offset, count, null);
    }

    @Override
    void decodeAmongNulls(int offset, int values, byte[] levelsOfRows) {
        // Values lie without gaps: which rows are wanted tells only with the levels which values are.
        if (cursor == null) {
            super.decode(offset, values);
            return;
        }
        startIds(offset, false);
        if (form == TextForm.NONE) {
            internBytes(offset, values, levelsOfRows);
        } else {
            copyRaw(offset, values);
        }
    }

    /** @param levels null if no row is null */
    private void internBytes(int offset, int count, byte[] levels) {
        ValueCursor values = cursor;
        GrowingDictionary into = dictionary;
        byte[] mask = wanted;
        if (mask == null) {
            for (int i = offset; i < offset + count; i++) {
                values.next();
                ids[i] = into.add(values.array, values.at, values.length);
            }
            return;
        }
        int row = 0;
        for (int i = offset; i < offset + count; i++, row++) {
            while (levels != null && levels[row] == 0) {
                row++;
            }
            values.next();
            ids[i] = mask[offset + row] == 0 ? NULL : into.add(values.array, values.at, values.length);
        }
    }

    @Override
    void internText(int offset, int count) {
        if (!fewWanted) {
            copyRaw(offset, count);
            return;
        }
        int skipped = 0;
        for (int i = offset; i < offset + count; i++) {
            if (wanted[i] == 0) {
                skipped++;
            } else {
                cursor.skip(skipped);
                copyRaw(i, 1);
                skipped = 0;
            }
        }
        cursor.skip(skipped);
    }

    private void copyRaw(int offset, int count) {
        int width = column.width();
        raw = budget.extend(raw, (long) (rawCount + count) * width);
        cursor.copy(raw, rawCount * width, count);
        for (int i = offset; i < offset + count; i++) {
            ids[i] = ~rawCount++;
        }
    }

    @Override
    void skipValues(int count) {
        if (cursor == null) {
            decode(0, count);
        } else {
            cursor.skip(count);
        }
    }

    @Override
    public void keepSelected(int[] rows, int count) {
        keep(rows, count);
        if (times != null && wanted != null) {
            fillMicros(count);
        } else if (times != null) {
            for (int i = 0; i < count; i++) {
                micros[i] = micros[rows[i]];
            }
        }
    }

    @Override
    public void finish(int rows) {
        if (isConstant() || rawCount == 0) {
            return;
        }
        int width = column.width();
        int[] ids = ids();
        for (int i = 0; i < rows; i++) {
            if (ids[i] < 0) {
                int length = form.write(raw, ~ids[i] * width, width, text);
                ids[i] = dictionary.add(text, 0, length);
            }
        }
    }
}
