package io.tidemark.ingest.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;

/** Writes one data file of events: Parquet with dictionaries, snappy. Not thread-safe. */
final class EventFileWriter implements AutoCloseable {
    private final Path path;
    private final Configuration conf;
    private final EventWriteSupport support = new EventWriteSupport();
    private final ParquetWriter<EventBatch> writer;
    private long rows;
    private long minMicros = Long.MAX_VALUE;
    private long maxMicros = Long.MIN_VALUE;

    /** @param table the table's root; the file is directly in it */
    EventFileWriter(Path table, Configuration conf) throws IOException {
        this.conf = conf;
        path = new Path(table, "part-00000-" + UUID.randomUUID() + "-c000.snappy.parquet");
        writer = new Builder(outputFile(path, conf), support)
                .withConf(new PlainParquetConfiguration())
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withDictionaryEncoding(true)
                .build();
    }

    private static OutputFile outputFile(Path path, Configuration conf) throws IOException {
        if ("file".equals(path.toUri().getScheme())) {
            // Not through Hadoop, which would put a checksum file beside each.
            java.nio.file.Path file = java.nio.file.Path.of(path.toUri());
            Files.createDirectories(file.getParent());
            return new LocalOutputFile(file);
        }
        return HadoopOutputFile.fromPath(path, conf);
    }

    void write(EventBatch batch) throws IOException {
        for (int row = 0; row < batch.size(); row++) {
            support.at(row);
            writer.write(batch);
            minMicros = Math.min(minMicros, batch.timestamp(row));
            maxMicros = Math.max(maxMicros, batch.timestamp(row));
        }
        rows += batch.size();
    }

    long rows() {
        return rows;
    }

    /** Completes the file; at least one row must have been written. */
    WrittenFile finish() throws IOException {
        writer.close();
        long bytes = path.getFileSystem(conf).getFileStatus(path).getLen();
        return new WrittenFile(path.getName(), bytes, rows, minMicros, maxMicros);
    }

    /** Closes the file; without {@link #finish} before it, what was written is of no use. */
    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static final class Builder extends ParquetWriter.Builder<EventBatch, Builder> {
        private final EventWriteSupport support;

        Builder(OutputFile file, EventWriteSupport support) {
            super(file);
            this.support = support;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<EventBatch> getWriteSupport(Configuration hadoopConf) {
            return support;
        }

        @Override
        protected WriteSupport<EventBatch> getWriteSupport(ParquetConfiguration plainConf) {
            return support;
        }
    }
}
