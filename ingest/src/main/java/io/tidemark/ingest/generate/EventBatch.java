package io.tidemark.ingest.generate;

import org.apache.parquet.io.api.Binary;

/** Some rows of events, as columns. Filled and emptied again and again: no object a row. */
final class EventBatch {
    private final long[] timestamps;
    private final double[] values;
    private final Binary[][] texts;
    private int size;

    EventBatch(int capacity) {
        timestamps = new long[capacity];
        values = new double[capacity];
        texts = new Binary[EventColumn.COUNT][capacity];
    }

    int capacity() {
        return timestamps.length;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Begins a row, of which every column must then be set. */
    int addRow() {
        return size++;
    }

    long timestamp(int row) {
        return timestamps[row];
    }

    void timestamp(int row, long micros) {
        timestamps[row] = micros;
    }

    /** {@code interaction_value}; NaN is null. */
    double value(int row) {
        return values[row];
    }

    void value(int row, double value) {
        values[row] = value;
    }

    /** A text column's value; null is null. */
    Binary text(EventColumn column, int row) {
        return texts[column.ordinal()][row];
    }

    void text(EventColumn column, int row, Binary value) {
        texts[column.ordinal()][row] = value;
    }
}
