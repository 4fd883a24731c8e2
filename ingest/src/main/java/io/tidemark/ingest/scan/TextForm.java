package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.scan.FileColumn.Meaning;
import io.tidemark.ingest.scan.FileColumn.Physical;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * Turns a stored value into its text. A dictionary's values are turned once; values on plain pages each time they come, so
 * only integers are done without allocation.
 */
@FunctionalInterface
interface TextForm {

    /** Longest text. */
    int MAX_TEXT = 256;

    /** The values are their own text: strings. */
    TextForm NONE = (from, at, length, text) -> {
        throw new IllegalStateException("a string is its own text");
    };

    long NANOS = 1_000_000_000L;

    VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Writes the text to the start of an array of at least {@link #MAX_TEXT} bytes and returns its length. */
    int write(byte[] from, int at, int length, byte[] text);

    /**
     * How values of a file's column become text of a table's column. Types that the protocol lets a table widen are read
     * in the wider type.
     */
    static TextForm of(Column column, FileColumn file) {
        boolean zoned = column.type() == ColumnType.TIMESTAMP;
        TextForm form = switch (column.type()) {
            case STRING, BINARY -> string(file);
            case BYTE, SHORT, INTEGER, LONG -> integer(file);
            case FLOAT, DOUBLE -> floating(column, file);
            case DECIMAL -> decimal(column, file);
            case DATE -> isDate(file) ? (from, at, n, text) -> TimeText.date(int32(from, at), text) : null;
            case TIMESTAMP, TIMESTAMP_NTZ -> time(file, zoned);
            case BOOLEAN -> file.type() == Physical.BOOLEAN ? NONE : null;
            case STRUCT, ARRAY, MAP, OTHER -> null;
        };
        if (form == null) {
            throw new Malformed("is " + file.describe() + " in this file, which cannot be read as the table's type "
                    + column.typeName());
        }
        return form;
    }

    private static TextForm string(FileColumn file) {
        boolean bytes = file.type() == Physical.BYTE_ARRAY || file.type() == Physical.FIXED_LEN_BYTE_ARRAY;
        return bytes && file.meaning() != Meaning.DECIMAL ? NONE : null;
    }

    private static TextForm integer(FileColumn file) {
        if (file.meaning() != Meaning.NONE && file.meaning() != Meaning.UNSIGNED) {
            return null;
        }
        boolean unsigned = file.meaning() == Meaning.UNSIGNED;
        return switch (file.type()) {
            case INT32 ->
                unsigned
                        ? (from, at, n, text) -> NumberText.integer(int32(from, at) & 0xffffffffL, text)
                        : (from, at, n, text) -> NumberText.integer(int32(from, at), text);
            case INT64 ->
                unsigned
                        ? (from, at, n, text) -> put(Long.toUnsignedString(int64(from, at)), text)
                        : (from, at, n, text) -> NumberText.integer(int64(from, at), text);
            default -> null;
        };
    }

    private static TextForm floating(Column column, FileColumn file) {
        boolean wide = column.type() == ColumnType.DOUBLE;
        return switch (file.type()) {
            case FLOAT ->
                wide
                        ? (from, at, n, text) -> NumberText.floating(Float.intBitsToFloat(int32(from, at)), text)
                        : (from, at, n, text) -> put(Float.toString(Float.intBitsToFloat(int32(from, at))), text);
            case DOUBLE ->
                wide
                        ? (from, at, n, text) -> NumberText.floating(Double.longBitsToDouble(int64(from, at)), text)
                        : null;
            case INT32 ->
                wide && file.meaning() == Meaning.NONE
                        ? (from, at, n, text) -> NumberText.floating(int32(from, at), text)
                        : null;
            default -> null;
        };
    }

    private static TextForm decimal(Column column, FileColumn file) {
        if (file.meaning() != Meaning.DECIMAL && file.meaning() != Meaning.NONE) {
            return null;
        }
        int scale = file.meaning() == Meaning.DECIMAL ? file.scale() : 0;
        if (scale < 0 || scale > 38) {
            return null;
        }
        OptionalInt tableScale = ValueText.scale(column.typeName());
        if (tableScale.orElse(scale) == scale && file.type() == Physical.INT64) {
            return (from, at, n, text) -> NumberText.decimal(int64(from, at), scale, text);
        }
        if (tableScale.orElse(scale) == scale && file.type() == Physical.INT32) {
            return (from, at, n, text) -> NumberText.decimal(int32(from, at), scale, text);
        }
        return switch (file.type()) {
            case INT32 ->
                (from, at, n, text) ->
                        put(ValueText.decimal(BigDecimal.valueOf(int32(from, at), scale), tableScale), text);
            case INT64 ->
                (from, at, n, text) ->
                        put(ValueText.decimal(BigDecimal.valueOf(int64(from, at), scale), tableScale), text);
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY ->
                file.meaning() == Meaning.NONE
                        ? null
                        : (from, at, n, text) -> put(bigDecimal(from, at, n, scale, tableScale), text);
            default -> null;
        };
    }

    private static String bigDecimal(byte[] from, int at, int length, int scale, OptionalInt tableScale) {
        if (length == 0 || length > 64) {
            throw new Malformed("has a decimal of " + length + " bytes");
        }
        return ValueText.decimal(new BigDecimal(new BigInteger(from, at, length), scale), tableScale);
    }

    private static boolean isDate(FileColumn file) {
        return file.type() == Physical.INT32 && file.meaning() == Meaning.DATE;
    }

    private static TextForm time(FileColumn file, boolean zoned) {
        TimeText times = new TimeText();
        if (file.type() == Physical.INT96) {
            return (from, at, n, text) -> {
                long day = int32(from, at + 8) - 2_440_588L;
                long nanos = int64(from, at);
                long second = day * 86_400 + Math.floorDiv(nanos, NANOS);
                return times.time(second, (int) Math.floorMod(nanos, NANOS), zoned, text);
            };
        }
        if (isDate(file)) {
            return (from, at, n, text) -> times.time(int32(from, at) * 86_400L, 0, zoned, text);
        }
        if (file.type() != Physical.INT64) {
            return null;
        }
        // One for each unit, as dividing by a constant is much quicker.
        return switch (file.meaning()) {
            case MILLIS ->
                (from, at, n, text) -> {
                    long second = Math.floorDiv(int64(from, at), 1_000L);
                    return times.time(second, (int) (int64(from, at) - second * 1_000L) * 1_000_000, zoned, text);
                };
            case MICROS ->
                (from, at, n, text) -> {
                    long second = Math.floorDiv(int64(from, at), 1_000_000L);
                    return times.time(second, (int) (int64(from, at) - second * 1_000_000L) * 1_000, zoned, text);
                };
            case NANOS ->
                (from, at, n, text) -> {
                    long second = Math.floorDiv(int64(from, at), NANOS);
                    return times.time(second, (int) (int64(from, at) - second * NANOS), zoned, text);
                };
            default -> null;
        };
    }

    private static int int32(byte[] from, int at) {
        return (int) INT.get(from, at);
    }

    private static long int64(byte[] from, int at) {
        return (long) LONG.get(from, at);
    }

    private static int put(String value, byte[] text) {
        byte[] ascii = value.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(ascii, 0, text, 0, ascii.length);
        return ascii.length;
    }
}
