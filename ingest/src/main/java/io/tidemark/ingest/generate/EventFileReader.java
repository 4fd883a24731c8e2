package io.tidemark.ingest.generate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** Reads back what {@link EventFileWriter} wrote, from a local disk. Not thread-safe. */
final class EventFileReader implements AutoCloseable {
    private final ParquetReader<EventBatch> reader;
    private final EventBatch batch;

    /** @param batch where the rows go */
    EventFileReader(Path file, EventBatch batch) throws IOException {
        this.batch = batch;
        reader = new Builder(new LocalInputFile(file), new BatchReadSupport(batch)).build();
    }

    /** Empties the batch and fills it; it stays empty at the end of the file. */
    void fill() throws IOException {
        batch.clear();
        while (batch.size() < batch.capacity() && reader.read() != null) {
            // The converters have put the row into the batch.
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private static final class Builder extends ParquetReader.Builder<EventBatch> {
        private final ReadSupport<EventBatch> support;

        Builder(LocalInputFile file, ReadSupport<EventBatch> support) {
            super(file, new PlainParquetConfiguration());
            this.support = support;
        }

        @Override
        protected ReadSupport<EventBatch> getReadSupport() {
            return support;
        }
    }

    private static final class BatchReadSupport extends ReadSupport<EventBatch> {
        private final EventBatch batch;

        BatchReadSupport(EventBatch batch) {
            this.batch = batch;
        }

        @Override
        public ReadContext init(InitContext context) {
            return new ReadContext(EventColumn.fileSchema());
        }

        @Override
        public RecordMaterializer<EventBatch> prepareForRead(
                Configuration conf, Map<String, String> keyValues, MessageType fileSchema, ReadContext context) {
            return new RowMaterializer(batch);
        }

        @Override
        public RecordMaterializer<EventBatch> prepareForRead(
                ParquetConfiguration conf, Map<String, String> keyValues, MessageType fileSchema, ReadContext context) {
            return new RowMaterializer(batch);
        }
    }

    private static final class RowMaterializer extends RecordMaterializer<EventBatch> {
        private final EventBatch batch;
        private final RowConverter root;

        RowMaterializer(EventBatch batch) {
            this.batch = batch;
            root = new RowConverter(batch);
        }

        @Override
        public EventBatch getCurrentRecord() {
            return batch;
        }

        @Override
        public GroupConverter getRootConverter() {
            return root;
        }
    }

    private static final class RowConverter extends GroupConverter {
        private final EventBatch batch;
        private final Converter[] converters = new Converter[EventColumn.COUNT];
        private int row;

        RowConverter(EventBatch batch) {
            this.batch = batch;
            for (EventColumn column : EventColumn.values()) {
                converters[column.ordinal()] = converter(column);
            }
        }

        private Converter converter(EventColumn column) {
            return switch (column) {
                case TIMESTAMP ->
                    new PrimitiveConverter() {
                        @Override
                        public void addLong(long value) {
                            batch.timestamp(row, value);
                        }
                    };
                case INTERACTION_VALUE ->
                    new PrimitiveConverter() {
                        @Override
                        public void addDouble(double value) {
                            batch.value(row, value);
                        }
                    };
                default -> new TextConverter(column);
            };
        }

        @Override
        public Converter getConverter(int field) {
            return converters[field];
        }

        @Override
        public void start() {
            row = batch.addRow();
            batch.value(row, Double.NaN);
            for (EventColumn column : EventColumn.values()) {
                batch.text(column, row, null);
            }
        }

        @Override
        public void end() {}

        private final class TextConverter extends PrimitiveConverter {
            private final EventColumn column;
            private Binary[] entries;

            TextConverter(EventColumn column) {
                this.column = column;
            }

            @Override
            public boolean hasDictionarySupport() {
                return true;
            }

            @Override
            public void setDictionary(Dictionary dictionary) {
                entries = new Binary[dictionary.getMaxId() + 1];
                for (int id = 0; id < entries.length; id++) {
                    entries[id] = dictionary.decodeToBinary(id);
                }
            }

            @Override
            public void addValueFromDictionary(int id) {
                batch.text(column, row, entries[id]);
            }

            @Override
            public void addBinary(Binary value) {
                // The reader may use the bytes again for the next page.
                batch.text(column, row, value.copy());
            }
        }
    }
}
