package io.tidemark.ingest.scan;

import java.nio.ByteBuffer;
import java.util.List;
import org.roaringbitmap.BatchIterator;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/** The rows that a deletion vector takes out, in ascending order. Reads the bitmaps where they lie. */
final class DeletedRows {

    /** Rows whose number has these upper 32 bits. */
    record Part(long high, ByteBuffer bitmap) {}

    private final List<Part> parts;
    private final long cardinality;
    private final int[] batch = new int[256];
    private int batchNext;
    private int batchEnd;
    private int part = -1;
    private BatchIterator iterator;
    private long high;
    private long last = -1;
    private long taken;

    /** Next deleted row; {@link Long#MAX_VALUE} after the last. */
    private long next;

    DeletedRows(List<Part> parts, long cardinality) {
        this.parts = parts;
        this.cardinality = cardinality;
        advance();
    }

    /**
     * Finds the live ones among some rows. To be called for consecutive rows of the file.
     *
     * @param first number of the first row
     * @param live gets the live rows' positions, counted from the first row
     * @return how many are live
     */
    int live(long first, int count, int[] live) {
        int found = 0;
        int from = 0;
        while (next < first + count) {
            int deleted = (int) (next - first);
            for (int i = from; i < deleted; i++) {
                live[found++] = i;
            }
            from = deleted + 1;
            advance();
        }
        for (int i = from; i < count; i++) {
            live[found++] = i;
        }
        return found;
    }

    /** Goes forward over rows that nobody asks about. */
    void skipTo(long row) {
        while (next < row) {
            advance();
        }
    }

    /** To be called after the file's last row: all deleted rows must have been among its rows. */
    void finish() {
        if (next != Long.MAX_VALUE || taken != cardinality) {
            throw new Malformed("has a deletion vector whose rows are not " + cardinality + " rows of the file");
        }
    }

    private void advance() {
        while (batchNext == batchEnd) {
            if (iterator != null && iterator.hasNext()) {
                batchEnd = iterator.nextBatch(batch);
                batchNext = 0;
            } else if (++part < parts.size()) {
                high = parts.get(part).high() << 32;
                iterator = new ImmutableRoaringBitmap(parts.get(part).bitmap()).getBatchIterator();
                batchEnd = 0;
                batchNext = 0;
            } else {
                next = Long.MAX_VALUE;
                return;
            }
        }
        next = high | (batch[batchNext++] & 0xffff_ffffL);
        if (next <= last || ++taken > cardinality) {
            throw new Malformed("has a deletion vector that is damaged");
        }
        last = next;
    }
}
