package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Map;

/**
 * Partition values, from the log's text to hours and to the text that a file's values would have.
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#partition-value-serialization">Delta protocol</a>
 */
final class PartitionText {

    /** {@code 2020-01-01 12:30:00.123456}, or with a T; without a zone, and read as UTC. */
    private static final DateTimeFormatter LOCAL_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral(' ')
            .optionalEnd()
            .optionalStart()
            .appendLiteral('T')
            .optionalEnd()
            .appendPattern("HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private PartitionText() {}

    /** The canonical text; null for null, which the protocol also writes as the empty string. */
    static String canonical(Column column, Map<String, String> partitionValues) {
        String value = partitionValues.get(column.physicalName());
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            return canonical(column, value);
        } catch (DateTimeException | NumberFormatException e) {
            throw unreadable(column, value);
        }
    }

    private static String canonical(Column column, String value) {
        return switch (column.type()) {
            case STRING, BINARY -> value;
            case BYTE, SHORT, INTEGER, LONG -> new BigInteger(bounded(value)).toString();
            case FLOAT -> Float.toString(Float.parseFloat(value));
            case DOUBLE -> Double.toString(Double.parseDouble(value));
            case DECIMAL -> decimal(column, value);
            case BOOLEAN -> bool(column, value);
            case DATE -> LocalDate.parse(value).toString();
            case TIMESTAMP, TIMESTAMP_NTZ -> {
                Instant time = instant(value);
                yield ValueText.time(time.getEpochSecond(), time.getNano(), column.type() == ColumnType.TIMESTAMP);
            }
            case STRUCT, ARRAY, MAP, OTHER ->
                throw new Malformed("is a partition column of type " + column.typeName() + ", which is not supported");
        };
    }

    /** The hour of a partition value of a time column; {@link HourVector#NO_TIME} for null. */
    static long hour(Column column, Map<String, String> partitionValues) {
        String value = partitionValues.get(column.physicalName());
        if (value == null || value.isEmpty()) {
            return HourVector.NO_TIME;
        }
        try {
            return column.type() == ColumnType.DATE
                    ? LocalDate.parse(value).toEpochDay() * 24
                    : Math.floorDiv(instant(value).getEpochSecond(), 3_600L);
        } catch (DateTimeException e) {
            throw unreadable(column, value);
        }
    }

    /** The microseconds of a partition value of a time column, as {@link RowBatch#micros} gives them. */
    static long micros(Column column, Map<String, String> partitionValues) {
        String value = partitionValues.get(column.physicalName());
        if (value == null || value.isEmpty()) {
            return RowBatch.NO_TIME;
        }
        try {
            Instant time = column.type() == ColumnType.DATE
                    ? LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : instant(value);
            return MicroForm.sum(MicroForm.saturated(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
        } catch (DateTimeException e) {
            throw unreadable(column, value);
        }
    }

    private static Instant instant(String value) {
        if (value.length() == 10) {
            return LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        return value.indexOf('T') > 0 && !Character.isDigit(value.charAt(value.length() - 1))
                ? Instant.parse(value)
                : LocalDateTime.parse(value, LOCAL_TIME).toInstant(ZoneOffset.UTC);
    }

    private static String decimal(Column column, String value) {
        BigDecimal decimal = new BigDecimal(bounded(value));
        if (Math.abs((long) decimal.scale()) > 100) {
            throw unreadable(column, value);
        }
        return ValueText.decimal(decimal, ValueText.scale(column.typeName()));
    }

    private static String bool(Column column, String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (!lower.equals("true") && !lower.equals("false")) {
            throw unreadable(column, value);
        }
        return lower;
    }

    /** Numbers of many digits cost time that grows with the square of them. */
    private static String bounded(String digits) {
        if (digits.length() > 100) {
            throw new NumberFormatException();
        }
        return digits;
    }

    private static Malformed unreadable(Column column, String value) {
        String shown = value.length() > 60 ? value.substring(0, 60) + "…" : value;
        return new Malformed("has the partition value '" + shown + "', which is not of type " + column.typeName());
    }
}
