package io.tidemark.web.export;

import io.tidemark.ingest.scan.IdVector;
import io.tidemark.ingest.scan.RowBatch;
import io.tidemark.ingest.scan.ValueDictionary;
import java.util.Arrays;

/** Writes one column's values. What comes from a dictionary is formatted when it is first met, and then copied. */
final class CellColumn {

    /** So much of formatted values is kept; beyond it they are made anew. */
    private static final int MAX_KEPT = 4 << 20;

    private final CellFormat format;
    private final OutputBuffer kept = new OutputBuffer(1 << 10);
    private byte[] padded = {};
    private ValueDictionary dictionary;
    private int lasting;
    private int[] starts = {};

    /** 0 for a value not met yet. */
    private int[] lengths = {};

    private int[] ids;
    private int constant;

    CellColumn(CellFormat format) {
        this.format = format;
    }

    /**
     * Writes rows, each of all its cells, until the batch or enough bytes are written; as {@link RowWriter#write} says.
     *
     * @return the row to go on with
     */
    static int write(CellColumn[] cells, RowBatch batch, int row, OutputBuffer out, int enough) {
        for (int i = 0; i < cells.length; i++) {
            cells[i].start(batch.values(i));
        }
        int next = row;
        while (next < batch.rows() && out.length() < enough) {
            for (CellColumn column : cells) {
                column.write(next, out);
            }
            next++;
        }
        return next;
    }

    void start(IdVector vector) {
        ids = vector.isConstant() ? null : vector.ids();
        constant = vector.isConstant() ? vector.constant() : 0;
        if (dictionary != vector.dictionary()) {
            dictionary = vector.dictionary();
            lasting = dictionary.lasting();
            if (lengths.length < lasting) {
                lengths = new int[Math.max(lasting, 2 * lengths.length)];
                starts = new int[lengths.length];
            }
            forget();
        }
    }

    private void forget() {
        Arrays.fill(lengths, 0, lasting, 0);
        kept.clear();
    }

    void write(int row, OutputBuffer out) {
        int id = ids == null ? constant : ids[row];
        if (id >= lasting) {
            format.value(dictionary.bytes(), dictionary.offset(id), dictionary.length(id), out);
            return;
        }
        if (lengths[id] == 0) {
            keep(id);
        }
        out.putShort(kept.bytes(), starts[id], lengths[id]);
    }

    private void keep(int id) {
        if (kept.length() > MAX_KEPT) {
            forget();
        }
        starts[id] = kept.length();
        if (id == IdVector.NULL) {
            format.nullValue(kept);
        } else {
            int length = dictionary.length(id);
            if (padded.length < length + Long.BYTES) {
                padded = new byte[length + (length >> 1) + Long.BYTES];
            }
            System.arraycopy(dictionary.bytes(), dictionary.offset(id), padded, 0, length);
            format.value(padded, 0, length, kept);
        }
        lengths[id] = kept.length() - starts[id];
    }
}
