package io.tidemark.web.export;

import io.tidemark.ingest.log.Column;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * Values that are not nested, in the type in which Delta writes them.
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#primitive-types">Delta protocol</a>
 */
final class ParquetValue implements ParquetForm {
    private static final Pattern DECIMAL = Pattern.compile("decimal(?:\\(\\s*(\\d{1,2})\\s*,\\s*(\\d{1,2})\\s*\\))?");
    private static final int MOST_DIGITS_OF_INT = 9;
    private static final int MOST_DIGITS_OF_LONG = 18;

    private final Type type;
    private final Value value;

    private interface Value {
        void add(byte[] text, int at, int length, RecordConsumer to);
    }

    ParquetValue(Column column, Repetition repetition) {
        PrimitiveTypeName primitive;
        LogicalTypeAnnotation logical = null;
        int size = 0;
        switch (column.type()) {
            case STRING -> {
                primitive = PrimitiveTypeName.BINARY;
                logical = LogicalTypeAnnotation.stringType();
                value = ParquetValue::binary;
            }
            case BINARY -> {
                primitive = PrimitiveTypeName.BINARY;
                value = ParquetValue::binary;
            }
            case BYTE -> {
                primitive = PrimitiveTypeName.INT32;
                logical = LogicalTypeAnnotation.intType(8, true);
                value = ParquetValue::int32;
            }
            case SHORT -> {
                primitive = PrimitiveTypeName.INT32;
                logical = LogicalTypeAnnotation.intType(16, true);
                value = ParquetValue::int32;
            }
            case INTEGER -> {
                primitive = PrimitiveTypeName.INT32;
                value = ParquetValue::int32;
            }
            case LONG -> {
                primitive = PrimitiveTypeName.INT64;
                value = (text, at, length, to) -> to.addLong(Cells.integer(text, at, length));
            }
            case FLOAT -> {
                primitive = PrimitiveTypeName.FLOAT;
                value = (text, at, length, to) -> to.addFloat(Float.parseFloat(ascii(text, at, length)));
            }
            case DOUBLE -> {
                primitive = PrimitiveTypeName.DOUBLE;
                value = (text, at, length, to) -> to.addDouble(Double.parseDouble(ascii(text, at, length)));
            }
            case BOOLEAN -> {
                primitive = PrimitiveTypeName.BOOLEAN;
                value = (text, at, length, to) -> to.addBoolean(text[at] == 't');
            }
            case DATE -> {
                primitive = PrimitiveTypeName.INT32;
                logical = LogicalTypeAnnotation.dateType();
                value = (text, at, length, to) -> to.addInteger(Math.toIntExact(IsoTime.day(text, at, length)));
            }
            case TIMESTAMP -> {
                primitive = PrimitiveTypeName.INT64;
                logical = LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS);
                value = ParquetValue::micros;
            }
            case TIMESTAMP_NTZ -> {
                primitive = PrimitiveTypeName.INT64;
                logical = LogicalTypeAnnotation.timestampType(false, TimeUnit.MICROS);
                value = ParquetValue::micros;
            }
            case DECIMAL -> {
                Matcher matcher = DECIMAL.matcher(column.typeName());
                boolean sized = matcher.matches() && matcher.group(1) != null;
                int precision = sized ? Integer.parseInt(matcher.group(1)) : 10;
                int scale = sized ? Integer.parseInt(matcher.group(2)) : 0;
                primitive = decimalType(precision);
                logical = LogicalTypeAnnotation.decimalType(scale, precision);
                size = bytesOf(precision);
                value = decimal(precision, scale);
            }
            case OTHER -> {
                primitive = PrimitiveTypeName.BINARY;
                logical = LogicalTypeAnnotation.jsonType();
                value = ParquetValue::binary;
            }
            default -> throw new IllegalStateException("nested: " + column.type());
        }
        type = Types.primitive(primitive, repetition)
                .length(primitive == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY ? size : 0)
                .as(logical)
                .named(column.name());
    }

    @Override
    public Type type() {
        return type;
    }

    @Override
    public void add(byte[] text, int at, int length, RecordConsumer to) {
        value.add(text, at, length, to);
    }

    private static String ascii(byte[] text, int at, int length) {
        return new String(text, at, length, StandardCharsets.US_ASCII);
    }

    private static void binary(byte[] text, int at, int length, RecordConsumer to) {
        to.addBinary(Binary.fromReusedByteArray(text, at, length));
    }

    private static void int32(byte[] text, int at, int length, RecordConsumer to) {
        to.addInteger(Math.toIntExact(Cells.integer(text, at, length)));
    }

    private static void micros(byte[] text, int at, int length, RecordConsumer to) {
        to.addLong(IsoTime.micros(text, at, length));
    }

    private static PrimitiveTypeName decimalType(int precision) {
        if (precision <= MOST_DIGITS_OF_INT) {
            return PrimitiveTypeName.INT32;
        }
        return precision <= MOST_DIGITS_OF_LONG ? PrimitiveTypeName.INT64 : PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
    }

    /** Bytes of the largest number with so many digits, and a sign. */
    private static int bytesOf(int precision) {
        return BigDecimal.TEN.pow(precision).toBigInteger().bitLength() / 8 + 1;
    }

    private static Value decimal(int precision, int scale) {
        int size = bytesOf(precision);
        return (text, at, length, to) -> {
            BigDecimal decimal = new BigDecimal(ascii(text, at, length)).setScale(scale);
            if (decimal.precision() > precision) {
                throw new ArithmeticException("too many digits");
            }
            if (precision <= MOST_DIGITS_OF_INT) {
                to.addInteger(decimal.unscaledValue().intValueExact());
            } else if (precision <= MOST_DIGITS_OF_LONG) {
                to.addLong(decimal.unscaledValue().longValueExact());
            } else {
                to.addBinary(Binary.fromConstantByteArray(
                        fixed(decimal.unscaledValue().toByteArray(), size)));
            }
        };
    }

    private static byte[] fixed(byte[] number, int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) (number[0] < 0 ? -1 : 0));
        System.arraycopy(number, 0, bytes, size - number.length, number.length);
        return bytes;
    }
}
