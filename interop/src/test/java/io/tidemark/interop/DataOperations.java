package io.tidemark.interop;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Rows that come, go and change. */
final class DataOperations {
    private static final int MOST_ROWS = 60;

    private final SparkTable table;

    DataOperations(SparkTable table) {
        this.table = table;
    }

    List<Operation> all() {
        return List.of(
                Operation.of("append", 30, this::append),
                Operation.of("append in many files", 4, this::appendManyFiles),
                Operation.of("append as a stream", 2, this::appendOnce),
                Operation.of(
                        "overwrite",
                        3,
                        state -> writer(rows(state), "overwrite").save(table.root.toString())),
                Operation.of("overwrite where", 3, this::overwriteWhere),
                new Operation("overwrite partitions", 4, s -> !s.partitions().isEmpty(), this::overwritePartitions),
                Operation.of("delete", 12, s -> table.sql("DELETE FROM " + table.name() + " WHERE " + where(s))),
                new Operation("delete partitions", 4, s -> !s.partitions().isEmpty(), this::deletePartitions),
                Operation.of("delete everything", 1, s -> table.sql("DELETE FROM " + table.name())),
                Operation.of("update", 10, this::update),
                Operation.of("merge", 9, this::merge));
    }

    void append(TableState state) {
        writer(rows(state), "append").save(table.root.toString());
    }

    private void appendManyFiles(TableState state) {
        writer(rows(state), "append").option("maxRecordsPerFile", "4").save(table.root.toString());
    }

    /** With the transaction id that a stream writes. */
    private void appendOnce(TableState state) {
        writer(rows(state), "append")
                .option("txnAppId", "a-stream")
                .option("txnVersion", String.valueOf(state.version() + 1))
                .save(table.root.toString());
    }

    private void overwriteWhere(TableState state) {
        String some = where(state);
        writer(rows(state).where(some), "overwrite")
                .option("replaceWhere", some)
                .save(table.root.toString());
    }

    private void overwritePartitions(TableState state) {
        writer(rows(state).limit(8), "overwrite")
                .option("partitionOverwriteMode", "dynamic")
                .save(table.root.toString());
    }

    private void deletePartitions(TableState state) {
        table.sql("DELETE FROM " + table.name() + " WHERE pmod(hash(" + Shapes.quoted(state.partitions()) + "), 3) = "
                + table.random.nextInt(3));
    }

    private void update(TableState state) {
        List<StructField> atomic = Arrays.stream(state.schema().fields())
                .filter(field -> Values.isAtomic(field.dataType()))
                .toList();
        String sets = table.some(atomic, 3).stream()
                .map(field -> "`" + field.name() + "` = " + another(field))
                .collect(Collectors.joining(", "));
        table.sql("UPDATE " + table.name() + " SET " + sets + " WHERE " + where(state));
    }

    private String another(StructField field) {
        if (field.dataType() instanceof StringType && table.chance(0.8)) {
            return "'" + Values.text(table.random).replace("\\", "\\\\").replace("'", "\\'") + "'";
        } else if (field.dataType() instanceof TimestampType || field.dataType() instanceof TimestampNTZType) {
            return "`" + field.name() + "` - INTERVAL 90 MINUTES";
        } else if (field.dataType() instanceof DateType) {
            return "`" + field.name() + "` - INTERVAL 1 DAY";
        }
        return "NULL";
    }

    private void merge(TableState state) {
        List<String> keys = Arrays.stream(state.schema().fields())
                .filter(field -> Values.isAtomic(field.dataType()))
                .map(StructField::name)
                .toList();
        String key = state.has(Cube.DISTINCT) ? Cube.DISTINCT : table.one(keys);
        rows(state).dropDuplicates(key).createOrReplaceTempView("incoming");
        List<String> clauses = List.of(
                " WHEN MATCHED AND " + table.someRows(state.schema(), "t.") + " THEN DELETE",
                " WHEN MATCHED THEN UPDATE SET *",
                " WHEN NOT MATCHED THEN INSERT *",
                " WHEN NOT MATCHED BY SOURCE AND t.`" + key + "` IS NULL THEN DELETE");
        StringBuilder merge = new StringBuilder(
                "MERGE INTO " + table.name() + " t USING incoming s ON t.`" + key + "` = s.`" + key + "`");
        int all = table.random.nextInt(15) + 1;
        for (int i = 0; i < clauses.size(); i++) {
            if ((all & 1 << i) != 0) {
                merge.append(clauses.get(i));
            }
        }
        table.sql(merge.toString());
    }

    private String where(TableState state) {
        return table.someRows(state.schema());
    }

    Dataset<Row> rows(TableState state) {
        return rows(state.schema());
    }

    Dataset<Row> rows(StructType schema) {
        int count = table.chance(0.03) ? 0 : 1 + table.random.nextInt(MOST_ROWS);
        Dataset<Row> rows = table.spark.createDataFrame(Values.rows(schema, count, table.random), schema);
        return table.chance(0.1) ? rows.orderBy(functions.rand(table.random.nextInt())) : rows;
    }

    /** Writes Parquet in one of the ways that Spark has. */
    DataFrameWriter<Row> writer(Dataset<Row> rows, String mode) {
        Configuration hadoop = table.spark.sparkContext().hadoopConfiguration();
        hadoop.set("parquet.writer.version", table.chance(0.3) ? "v2" : "v1");
        hadoop.set("parquet.enable.dictionary", String.valueOf(table.chance(0.8)));
        hadoop.set("parquet.page.row.count.limit", String.valueOf(table.chance(0.3) ? 5 : 20_000));
        table.spark
                .conf()
                .set(
                        "spark.sql.parquet.outputTimestampType",
                        table.one("INT96", "TIMESTAMP_MICROS", "TIMESTAMP_MILLIS"));
        table.spark
                .conf()
                .set(
                        "spark.sql.parquet.compression.codec",
                        table.one("snappy", "zstd", "gzip", "lz4_raw", "uncompressed"));
        return rows.write().format("delta").mode(mode);
    }
}
