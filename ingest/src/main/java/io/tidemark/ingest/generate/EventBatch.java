package io.tidemark.ingest.generate;

import org.apache.parquet.io.api.Binary;

/** Some rows of events, as columns. Filled and emptied again and again: no object a row. Not thread-safe. */
public final class EventBatch {
    private final long[] timestamps;
    private final double[] values;
    private final Binary[][] texts;
    private int size;

    public EventBatch(int capacity) {
        timestamps = new long[capacity];
        values = new double[capacity];
        texts = new Binary[EventColumn.COUNT][capacity];
    }

    public int capacity() {
        return timestamps.length;
    }

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    /** Begins a row, of which every column must then be set. */
    public int addRow() {
        return size++;
    }

    /** Microseconds since the epoch. */
    public long timestamp(int row) {
        return timestamps[row];
    }

    public void timestamp(int row, long micros) {
        timestamps[row] = micros;
    }

    /** {@code interaction_value}; NaN is null. */
    public double value(int row) {
        return values[row];
    }

    public void value(int row, double value) {
        values[row] = value;
    }

    /** A text column's value; null is null. */
    public Binary text(EventColumn column, int row) {
        return texts[column.ordinal()][row];
    }

    public void text(EventColumn column, int row, Binary value) {
        texts[column.ordinal()][row] = value;
    }
}
