package io.tidemark.views.query;

import io.tidemark.ingest.scan.IdVector;
import io.tidemark.ingest.scan.RowBatch;

/** Single rows of a batch as texts. */
final class RowTexts {

    private RowTexts() {}

    /** The values of one row; null for null. */
    static String[] of(RowBatch batch, int row, int columns) {
        String[] values = new String[columns];
        for (int c = 0; c < columns; c++) {
            IdVector vector = batch.values(c);
            int id = vector.isConstant() ? vector.constant() : vector.ids()[row];
            values[c] = id == IdVector.NULL ? null : vector.dictionary().text(id);
        }
        return values;
    }
}
