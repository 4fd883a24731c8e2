package io.tidemark.views.verify;

import java.nio.charset.StandardCharsets;

/** The row that is being read, and what becomes of it when it is complete. */
final class RowSink {
    private final Tally tally;
    private final DistinctSet distinct;
    private final Long constantHour;
    private final String[] constantValues;
    private final byte[] constantDistinct;
    private final String[] values;
    private final DeletedPositions deleted;
    private Long hour;
    private byte[] distinctValue; // null: none in this row
    private long position;

    /**
     * @param constantHour of every row, where no column gives it; may be null
     * @param constantValues one for each dimension: of every row, where no column gives it
     * @param constantDistinct of every row, where no column gives it; may be null
     * @param deleted rows that do not count, by their position
     */
    RowSink(
            Tally tally,
            DistinctSet distinct,
            Long constantHour,
            String[] constantValues,
            String constantDistinct,
            DeletedPositions deleted) {
        this.tally = tally;
        this.distinct = distinct;
        this.constantHour = constantHour;
        this.constantValues = constantValues.clone();
        this.constantDistinct = constantDistinct == null ? null : constantDistinct.getBytes(StandardCharsets.UTF_8);
        this.values = new String[constantValues.length];
        this.deleted = deleted;
    }

    /** False if some rows of the file do not count. */
    boolean countsEveryRow() {
        return deleted == DeletedPositions.NONE;
    }

    void begin() {
        hour = constantHour;
        distinctValue = constantDistinct;
        System.arraycopy(constantValues, 0, values, 0, values.length);
    }

    void hour(long hour) {
        this.hour = hour;
    }

    void value(int dimension, String value) {
        values[dimension] = value;
    }

    void distinct(byte[] value) {
        distinctValue = value;
    }

    void end() {
        if (deleted.contains(position++)) {
            return;
        }
        if (distinctValue != null && distinctValue.length > 0) {
            distinct.add(distinctValue);
        }
        tally.add(hour, values);
    }
}
