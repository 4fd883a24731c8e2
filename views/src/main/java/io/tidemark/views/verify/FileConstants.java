package io.tidemark.views.verify;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.views.cube.CubeSpec;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What all rows of a file have in common: the values of its partition. Null where a column of the file, or nothing, gives it.
 *
 * @param hour hours since the epoch
 * @param values one for each dimension
 */
record FileConstants(Long hour, String[] values, String distinct) {

    static FileConstants of(DataFile file, CubeSpec spec, CountedColumns columns) {
        String[] values = new String[spec.dimensions().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(file, columns, columns.dimensions().get(i));
        }
        String time = value(file, columns, columns.time());
        return new FileConstants(time == null ? null : hour(time), values, value(file, columns, columns.distinct()));
    }

    /**
     * Serialized as the protocol says, where the empty text is null.
     *
     * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#partition-value-serialization">Delta protocol</a>
     */
    private static String value(DataFile file, CountedColumns columns, Optional<Column> column) {
        if (column.isEmpty() || !columns.metadata().isPartitionColumn(column.get())) {
            return null;
        }
        String value = file.partitionValues().get(column.get().physicalName());
        if (value == null || value.isEmpty()) {
            return null;
        }
        return column.get().type() == ColumnType.DECIMAL ? new BigDecimal(value).toPlainString() : value;
    }

    /** {@code 2026-01-01 00:00:00}, with or without a fraction; the same as ISO 8601 with an offset; or a date. */
    private static long hour(String text) {
        if (text.length() == 10) {
            return LocalDate.parse(text).toEpochDay() * 24;
        }
        String iso = text.replace(' ', 'T');
        long seconds = iso.endsWith("Z") || iso.matches(".*[+-]\\d\\d:?\\d\\d$")
                ? OffsetDateTime.parse(iso, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                        .toEpochSecond()
                : LocalDateTime.parse(iso).toEpochSecond(ZoneOffset.UTC);
        return Math.floorDiv(seconds, 3600L);
    }
}
