package io.tidemark.views.query;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.scan.IdVector;
import io.tidemark.ingest.scan.RowBatch;
import io.tidemark.ingest.scan.ValueDictionary;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Single rows of a batch as texts. */
final class RowTexts {

    private RowTexts() {}

    /** The values of one row; null for null, Base64 for bytes that are no text. */
    static String[] of(RowBatch batch, int row, List<Column> columns) {
        String[] values = new String[columns.size()];
        for (int c = 0; c < values.length; c++) {
            IdVector vector = batch.values(c);
            int id = vector.isConstant() ? vector.constant() : vector.ids()[row];
            if (id != IdVector.NULL) {
                values[c] = columns.get(c).type() == ColumnType.BINARY
                        ? base64(vector.dictionary(), id)
                        : vector.dictionary().text(id);
            }
        }
        return values;
    }

    private static String base64(ValueDictionary dictionary, int id) {
        int start = dictionary.offset(id);
        byte[] value = Arrays.copyOfRange(dictionary.bytes(), start, start + dictionary.length(id));
        return Base64.getEncoder().encodeToString(value);
    }
}
