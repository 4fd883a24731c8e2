package io.tidemark.web.export;

import io.tidemark.ingest.log.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A Parquet file of cells: zstd, dictionaries, page checksums, and what it is of in the key-value metadata.
 *
 * <p>Holds one row group; and of those before it what the footer says, about 10 kB each for 20 columns.
 */
final class ParquetEncoder implements RowEncoder {
    /** Rows after which sizes are looked at: rows may become long all of a sudden. */
    private static final int LEAST_ROWS_UNCHECKED = 16;

    private static final int MOST_ROWS_UNCHECKED = 128;
    private static final int PAGE_BYTES = 1 << 20;

    private final EncodedStream stream = new EncodedStream();
    private final CellSupport support;
    private final int rowGroupBytes;
    private ParquetWriter<Cells> writer;

    ParquetEncoder(ExportAbout about, int rowGroupBytes) {
        this.support = new CellSupport(about);
        this.rowGroupBytes = rowGroupBytes;
    }

    @Override
    public void begin(OutputBuffer out) {
        stream.to(out);
        try {
            Builder builder = new Builder(new Streamed(stream), support);
            for (ColumnDescriptor column : support.schema.getColumns()) {
                // Comparing texts costs a tenth of the time and more, and rows are in the order of none of them: the
                // least
                // and the greatest of some 100,000 values tell hardly anything.
                if (column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY) {
                    builder.withStatisticsEnabled(String.join(".", column.getPath()), false);
                }
            }
            writer = builder.withConf(new PlainParquetConfiguration())
                    .withCompressionCodec(CompressionCodecName.ZSTD)
                    .withDictionaryEncoding(true)
                    .withPageSize(PAGE_BYTES)
                    .withRowGroupSize((long) rowGroupBytes)
                    .withMinRowCountForPageSizeCheck(LEAST_ROWS_UNCHECKED)
                    .withMaxRowCountForPageSizeCheck(MOST_ROWS_UNCHECKED)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void rows(byte[] chunk, OutputBuffer out) {
        stream.to(out);
        Cells cells = support.cells;
        cells.start(chunk);
        try {
            while (cells.next()) {
                writer.write(cells);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void end(OutputBuffer out) {
        stream.to(out);
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class CellSupport extends WriteSupport<Cells> {
        private final ParquetColumn[] columns;
        private final MessageType schema;
        private final Map<String, String> about;
        private final Cells cells;
        private RecordConsumer consumer;

        CellSupport(ExportAbout about) {
            List<Column> table = about.columns();
            this.about = about.entries();
            this.columns = new ParquetColumn[table.size()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = new ParquetColumn(table.get(i), i);
            }
            schema = new MessageType(
                    "tidemark",
                    List.of(columns).stream().map(ParquetColumn::type).toList());
            cells = new Cells(columns.length);
        }

        @Override
        public String getName() {
            return "tidemark";
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(schema, about);
        }

        @Override
        public WriteContext init(Configuration configuration) {
            return new WriteContext(schema, about);
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            consumer = recordConsumer;
        }

        @Override
        public void write(Cells row) {
            consumer.startMessage();
            for (ParquetColumn column : columns) {
                column.write(row, consumer);
            }
            consumer.endMessage();
        }
    }

    private static final class Builder extends ParquetWriter.Builder<Cells, Builder> {
        private final CellSupport support;

        Builder(OutputFile file, CellSupport support) {
            super(file);
            this.support = support;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Cells> getWriteSupport(Configuration conf) {
            return support;
        }

        @Override
        protected WriteSupport<Cells> getWriteSupport(ParquetConfiguration conf) {
            return support;
        }
    }

    /** A file that is only ever written, from its first byte to its last. */
    private record Streamed(EncodedStream stream) implements OutputFile {
        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return new PositionOutputStream() {
                @Override
                public long getPos() {
                    return stream.position();
                }

                @Override
                public void write(int b) {
                    stream.write(b);
                }

                @Override
                public void write(byte[] bytes, int from, int count) {
                    stream.write(bytes, from, count);
                }
            };
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }
}
