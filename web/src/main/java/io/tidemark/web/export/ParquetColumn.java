package io.tidemark.web.export;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.TableException;
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
import org.apache.parquet.schema.Types;

/**
 * How a table's column is written to Parquet: in the same type as Delta writes it; nested columns as text of JSON.
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#primitive-types">Delta protocol</a>
 */
final class ParquetColumn {
    private static final Pattern DECIMAL = Pattern.compile("decimal(?:\\(\\s*(\\d{1,2})\\s*,\\s*(\\d{1,2})\\s*\\))?");
    private static final int MOST_DIGITS_OF_INT = 9;
    private static final int MOST_DIGITS_OF_LONG = 18;

    private final Column column;
    private final int index;
    private final Type type;
    private final Value value;

    private interface Value {
        void add(Cells cells, int column, RecordConsumer consumer);
    }

    ParquetColumn(Column column, int index) {
        this.column = column;
        this.index = index;
        switch (column.type()) {
            case STRING -> {
                type = type(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType());
                value = ParquetColumn::binary;
            }
            case OTHER -> {
                type = type(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.jsonType());
                value = ParquetColumn::binary;
            }
            case BINARY -> {
                type = type(PrimitiveTypeName.BINARY, null);
                value = ParquetColumn::binary;
            }
            case BYTE -> {
                type = type(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(8, true));
                value = ParquetColumn::int32;
            }
            case SHORT -> {
                type = type(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(16, true));
                value = ParquetColumn::int32;
            }
            case INTEGER -> {
                type = type(PrimitiveTypeName.INT32, null);
                value = ParquetColumn::int32;
            }
            case LONG -> {
                type = type(PrimitiveTypeName.INT64, null);
                value = (cells, i, to) -> to.addLong(cells.integer(i));
            }
            case FLOAT -> {
                type = type(PrimitiveTypeName.FLOAT, null);
                value = (cells, i, to) -> to.addFloat(Float.parseFloat(cells.text(i)));
            }
            case DOUBLE -> {
                type = type(PrimitiveTypeName.DOUBLE, null);
                value = (cells, i, to) -> to.addDouble(Double.parseDouble(cells.text(i)));
            }
            case BOOLEAN -> {
                type = type(PrimitiveTypeName.BOOLEAN, null);
                value = (cells, i, to) -> to.addBoolean(cells.bytes()[cells.start(i)] == 't');
            }
            case DATE -> {
                type = type(PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType());
                value = (cells, i, to) ->
                        to.addInteger(Math.toIntExact(IsoTime.day(cells.bytes(), cells.start(i), cells.length(i))));
            }
            case TIMESTAMP -> {
                type = type(PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS));
                value = ParquetColumn::micros;
            }
            case TIMESTAMP_NTZ -> {
                type = type(PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(false, TimeUnit.MICROS));
                value = ParquetColumn::micros;
            }
            case DECIMAL -> {
                Matcher matcher = DECIMAL.matcher(column.typeName());
                boolean sized = matcher.matches() && matcher.group(1) != null;
                int precision = sized ? Integer.parseInt(matcher.group(1)) : 10;
                int scale = sized ? Integer.parseInt(matcher.group(2)) : 0;
                type = decimalType(precision, scale);
                value = decimal(precision, scale);
            }
            default -> throw new IllegalStateException("no such type: " + column.type());
        }
    }

    private Type type(PrimitiveTypeName primitive, LogicalTypeAnnotation logical) {
        return Types.optional(primitive).as(logical).named(column.name());
    }

    Type type() {
        return type;
    }

    void write(Cells cells, RecordConsumer consumer) {
        if (cells.isNull(index)) {
            return;
        }
        consumer.startField(column.name(), index);
        try {
            value.add(cells, index, consumer);
        } catch (ArithmeticException e) {
            throw new TableException("Column '" + column.name() + "' has the value " + cells.text(index)
                    + ", which Parquet's form of " + column.typeName() + " does not hold. Export as CSV or NDJSON.");
        }
        consumer.endField(column.name(), index);
    }

    private static void binary(Cells cells, int i, RecordConsumer to) {
        to.addBinary(Binary.fromReusedByteArray(cells.bytes(), cells.start(i), cells.length(i)));
    }

    private static void int32(Cells cells, int i, RecordConsumer to) {
        to.addInteger(Math.toIntExact(cells.integer(i)));
    }

    private static void micros(Cells cells, int i, RecordConsumer to) {
        to.addLong(IsoTime.micros(cells.bytes(), cells.start(i), cells.length(i)));
    }

    private Type decimalType(int precision, int scale) {
        LogicalTypeAnnotation logical = LogicalTypeAnnotation.decimalType(scale, precision);
        if (precision <= MOST_DIGITS_OF_INT) {
            return type(PrimitiveTypeName.INT32, logical);
        }
        if (precision <= MOST_DIGITS_OF_LONG) {
            return type(PrimitiveTypeName.INT64, logical);
        }
        return Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                .length(bytesOf(precision))
                .as(logical)
                .named(column.name());
    }

    /** Bytes of the largest number with so many digits, and a sign. */
    private static int bytesOf(int precision) {
        return BigDecimal.TEN.pow(precision).toBigInteger().bitLength() / 8 + 1;
    }

    private static Value decimal(int precision, int scale) {
        int size = bytesOf(precision);
        return (cells, i, to) -> {
            BigDecimal decimal = new BigDecimal(
                            new String(cells.bytes(), cells.start(i), cells.length(i), StandardCharsets.US_ASCII))
                    .setScale(scale);
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
