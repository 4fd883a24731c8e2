package io.tidemark.views.verify;

import java.nio.charset.StandardCharsets;

/** The row that is being read, and what becomes of it when it is complete. */
final class RowSink {
    private final Tally tally;
    private final DistinctSet distinct;
    private final Long constantHour;
    private final String[] constantValues;
    private final String constantDistinct;
    private final String[] values;
    private Long hour;

    /**
     * @param constantHour of every row, where no column gives it; may be null
     * @param constantValues one for each dimension: of every row, where no column gives it
     * @param constantDistinct of every row, where no column gives it; may be null
     */
    RowSink(Tally tally, DistinctSet distinct, Long constantHour, String[] constantValues, String constantDistinct) {
        this.tally = tally;
        this.distinct = distinct;
        this.constantHour = constantHour;
        this.constantValues = constantValues.clone();
        this.constantDistinct = constantDistinct;
        this.values = new String[constantValues.length];
    }

    void begin() {
        hour = constantHour;
        System.arraycopy(constantValues, 0, values, 0, values.length);
    }

    void hour(long hour) {
        this.hour = hour;
    }

    void value(int dimension, String value) {
        values[dimension] = value;
    }

    void distinct(byte[] value) {
        if (value.length > 0) {
            distinct.add(value);
        }
    }

    void end() {
        if (constantDistinct != null) {
            distinct(constantDistinct.getBytes(StandardCharsets.UTF_8));
        }
        tally.add(hour, values);
    }
}
