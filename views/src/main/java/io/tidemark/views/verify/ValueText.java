package io.tidemark.views.verify;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** What Parquet's physical values mean: hours of time columns, texts of value columns. */
final class ValueText {
    private static final long JULIAN_DAY_OF_EPOCH = 2_440_588L;
    private static final long NANOS_AN_HOUR = 3_600_000_000_000L;

    private ValueText() {}

    /**
     * How many units of a whole number make an hour.
     *
     * @throws IllegalArgumentException if such a column holds no time
     */
    static long unitsPerHour(PrimitiveType type) {
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT64
                && annotation instanceof TimestampLogicalTypeAnnotation) {
            TimeUnit unit = ((TimestampLogicalTypeAnnotation) annotation).getUnit();
            return switch (unit) {
                case MILLIS -> NANOS_AN_HOUR / 1_000_000;
                case MICROS -> NANOS_AN_HOUR / 1_000;
                case NANOS -> NANOS_AN_HOUR;
            };
        }
        throw new IllegalArgumentException("is " + type + " and holds no time");
    }

    /** The hour of an INT96: nanoseconds of the day, then the Julian day, little-endian. */
    static long hourOfInt96(Binary value) {
        ByteBuffer bytes = ByteBuffer.wrap(value.getBytes()).order(ByteOrder.LITTLE_ENDIAN);
        long nanosOfDay = bytes.getLong();
        long day = bytes.getInt() - JULIAN_DAY_OF_EPOCH;
        return day * 24 + Math.floorDiv(nanosOfDay, NANOS_AN_HOUR);
    }

    /** @throws IllegalArgumentException if whole numbers of this type have no text */
    static LongFunction<String> ofWhole(PrimitiveType type) {
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        if (annotation instanceof DecimalLogicalTypeAnnotation) {
            int scale = ((DecimalLogicalTypeAnnotation) annotation).getScale();
            return unscaled -> BigDecimal.valueOf(unscaled, scale).toPlainString();
        }
        if (annotation instanceof DateLogicalTypeAnnotation) {
            return day -> LocalDate.ofEpochDay(day).toString();
        }
        if (annotation == null || annotation instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation) {
            return Long::toString;
        }
        throw new IllegalArgumentException("is " + type + " and cannot be counted by value");
    }

    static Function<Binary, String> ofBytes(PrimitiveType type) {
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        if (annotation instanceof DecimalLogicalTypeAnnotation) {
            int scale = ((DecimalLogicalTypeAnnotation) annotation).getScale();
            return bytes -> new BigDecimal(new BigInteger(bytes.getBytes()), scale).toPlainString();
        }
        return bytes -> new String(bytes.getBytes(), StandardCharsets.UTF_8);
    }
}
