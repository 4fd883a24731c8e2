package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter.Mode;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Files written row by row with parquet-java, for encodings that DuckDB does not write. */
final class GroupFile {
    private GroupFile() {}

    static void write(
            Path file,
            String schema,
            WriterVersion version,
            UnaryOperator<ExampleParquetWriter.Builder> options,
            int rows,
            BiConsumer<Integer, Group> fill)
            throws IOException {
        MessageType type = MessageTypeParser.parseMessageType(schema);
        ExampleParquetWriter.Builder builder = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withType(type)
                .withConf(new PlainParquetConfiguration())
                .withWriteMode(Mode.OVERWRITE)
                .withWriterVersion(version);
        try (ParquetWriter<Group> writer = options.apply(builder).build()) {
            for (int i = 0; i < rows; i++) {
                Group row = new SimpleGroup(type);
                fill.accept(i, row);
                writer.write(row);
            }
        }
    }

    /** What parquet-java reads, checksums and all, in the words of {@link Scanned}; for micros, strings, ints and booleans. */
    static List<String> read(Path file, Projection projection) throws IOException {
        List<String> rows = new ArrayList<>();
        try (ParquetReader<Group> reader = new ParquetReader.Builder<Group>(new LocalInputFile(file)) {
            @Override
            protected ReadSupport<Group> getReadSupport() {
                return new GroupReadSupport();
            }
        }.usePageChecksumVerification(true).build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                StringBuilder text = new StringBuilder(
                        hour(row, projection.hour().orElseThrow().name()));
                for (Optional<Column> column : projection.values()) {
                    text.append('|').append(value(row, column.orElseThrow().name()));
                }
                rows.add(text.toString());
            }
        }
        return rows;
    }

    private static String hour(Group row, String name) {
        return row.getFieldRepetitionCount(name) == 0
                ? "NULL"
                : Long.toString(Math.floorDiv(row.getLong(name, 0), 3_600_000_000L));
    }

    private static String value(Group row, String name) {
        return row.getFieldRepetitionCount(name) == 0
                ? "NULL"
                : row.getValueToString(row.getType().getFieldIndex(name), 0);
    }
}
