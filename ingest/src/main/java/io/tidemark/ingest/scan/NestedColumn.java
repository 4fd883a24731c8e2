package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import java.util.Arrays;

/** The values of a nested column in the current batch, as JSON. */
final class NestedColumn implements IdVector {
    final Column column;
    final int slot;

    /** Number of the column among those of the file. */
    final int field;

    private final GrowingDictionary dictionary;
    private final int[] ids = new int[NestedColumns.BATCH_ROWS];

    NestedColumn(Column column, int slot, int field, ByteBudget budget) {
        this.column = column;
        this.slot = slot;
        this.field = field;
        this.dictionary = new GrowingDictionary(budget);
    }

    void startBatch() {
        dictionary.truncate();
        Arrays.fill(ids, NULL);
    }

    void set(int row, NestedText text) {
        ids[row] = dictionary.add(text.bytes(), 0, text.length());
    }

    @Override
    public boolean isConstant() {
        return false;
    }

    @Override
    public int constant() {
        throw new IllegalStateException("not constant");
    }

    @Override
    public int[] ids() {
        return ids;
    }

    @Override
    public ValueDictionary dictionary() {
        return dictionary;
    }
}
