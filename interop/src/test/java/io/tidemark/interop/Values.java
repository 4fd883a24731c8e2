package io.tidemark.interop;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Random values of any column, nulls and odd ones among them. One batch of rows has few different values, so that a partitioned table
 * does not get a partition a row; all batches together have many.
 */
final class Values {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final List<String> PLAIN = List.of("web", "email", "push", "sms", "page_view");
    private static final List<String> ODD = List.of(
            "",
            "",
            " ",
            "null",
            "NULL",
            "__HIVE_DEFAULT_PARTITION__",
            "a/b=c",
            "100%",
            "%20",
            "%2520",
            "a b",
            "a+b",
            "#;?&",
            "é",
            "日本語",
            "\ud83c\udf0a",
            "say \"hi\"",
            "it's",
            "back\\slash",
            "a:b",
            "tab\tline\n",
            "\u0001",
            "..",
            "trailing.",
            "{x}[y]^~`");
    private static final List<Instant> ODD_TIMES = List.of(
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("1582-10-04T23:59:59.999Z"),
            Instant.parse("1899-12-31T23:59:59.999999Z"),
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            Instant.parse("1970-01-01T00:00:00Z"),
            Instant.parse("2024-02-29T23:59:59Z"),
            Instant.parse("9999-12-31T23:59:59.999999Z"));

    private final Random random;
    private final List<String> texts = new ArrayList<>();
    private final int offset;

    private Values(Random random) {
        this.random = random;
        this.offset = random.nextInt(6) - 3;
        for (int i = 0; i < 4; i++) {
            texts.add(text(random));
        }
    }

    /** Whether a column's values may be compared, hashed and grouped by. */
    static boolean isAtomic(DataType type) {
        return !(type instanceof ArrayType || type instanceof MapType || type instanceof StructType);
    }

    static List<Row> rows(StructType schema, int count, Random random) {
        Values batch = new Values(random);
        List<Row> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Object[] values = new Object[schema.length()];
            for (int c = 0; c < values.length; c++) {
                StructField field = schema.fields()[c];
                values[c] = random.nextInt(12) == 0 && field.nullable()
                        ? null
                        : batch.value(field.name(), field.dataType());
            }
            rows.add(RowFactory.create(values));
        }
        return rows;
    }

    static String text(Random random) {
        if (random.nextInt(400) == 0) {
            return "x".repeat(200);
        }
        return random.nextInt(3) == 0 ? ODD.get(random.nextInt(ODD.size())) : PLAIN.get(random.nextInt(PLAIN.size()));
    }

    private Object value(String name, DataType type) {
        if (type instanceof StringType) {
            return name.equals(Cube.DISTINCT) && random.nextInt(10) > 0
                    ? "s" + random.nextInt(300)
                    : texts.get(random.nextInt(texts.size()));
        } else if (type instanceof IntegerType) {
            return random.nextInt(50) == 0 ? Integer.MIN_VALUE : offset + random.nextInt(3);
        } else if (type instanceof ShortType) {
            return (short) (offset + random.nextInt(3));
        } else if (type instanceof LongType) {
            return random.nextInt(50) == 0 ? Long.MAX_VALUE : (long) offset + random.nextInt(3);
        } else if (type instanceof BooleanType) {
            return random.nextBoolean();
        } else if (type instanceof DoubleType) {
            return random.nextGaussian();
        } else if (type instanceof DecimalType decimal) {
            return BigDecimal.valueOf(offset * 100L + random.nextInt(3), decimal.scale());
        } else if (type instanceof DateType) {
            return time(random).atOffset(ZoneOffset.UTC).toLocalDate();
        } else if (type instanceof TimestampType) {
            return time(random);
        } else if (type instanceof TimestampNTZType) {
            return LocalDateTime.ofInstant(time(random), ZoneOffset.UTC);
        } else if (type instanceof BinaryType) {
            return text(random).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        } else if (type instanceof ArrayType) {
            return List.of(random.nextInt(), random.nextInt());
        } else if (type instanceof MapType) {
            return Map.of(text(random), text(random));
        } else if (type instanceof StructType) {
            return RowFactory.create(random.nextInt(), text(random));
        }
        throw new IllegalArgumentException("No values of type " + type);
    }

    private static Instant time(Random random) {
        if (random.nextInt(15) == 0) {
            return ODD_TIMES.get(random.nextInt(ODD_TIMES.size()));
        }
        return NOON.minus(Duration.ofNanos(random.nextLong(Duration.ofHours(30).toNanos()) / 1000 * 1000));
    }
}
