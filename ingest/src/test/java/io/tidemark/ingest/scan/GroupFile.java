package io.tidemark.ingest.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter.Mode;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
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
}
