package io.tidemark.ingest.generate;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Hands rows of a batch to Parquet's column writers, without an object a row. */
final class EventWriteSupport extends WriteSupport<EventBatch> {
    private static final EventColumn[] COLUMNS = EventColumn.values();

    private final String[] names = new String[COLUMNS.length];
    private RecordConsumer consumer;
    private int row;

    EventWriteSupport() {
        for (EventColumn column : COLUMNS) {
            names[column.ordinal()] = column.columnName();
        }
    }

    /** Which row of the batch the next {@link #write} means. */
    void at(int row) {
        this.row = row;
    }

    @Override
    public String getName() {
        return "tidemark";
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(EventColumn.fileSchema(), Map.of());
    }

    @Override
    public WriteContext init(Configuration configuration) {
        return new WriteContext(EventColumn.fileSchema(), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    @Override
    public void write(EventBatch batch) {
        consumer.startMessage();
        for (EventColumn column : COLUMNS) {
            switch (column) {
                case TIMESTAMP -> writeTimestamp(batch.timestamp(row));
                case INTERACTION_VALUE -> writeValue(batch.value(row));
                default -> writeText(column, batch.text(column, row));
            }
        }
        consumer.endMessage();
    }

    private void writeTimestamp(long micros) {
        start(EventColumn.TIMESTAMP);
        consumer.addLong(micros);
        end(EventColumn.TIMESTAMP);
    }

    private void writeValue(double value) {
        if (!Double.isNaN(value)) {
            start(EventColumn.INTERACTION_VALUE);
            consumer.addDouble(value);
            end(EventColumn.INTERACTION_VALUE);
        }
    }

    private void writeText(EventColumn column, Binary value) {
        if (value != null) {
            start(column);
            consumer.addBinary(value);
            end(column);
        }
    }

    private void start(EventColumn column) {
        consumer.startField(names[column.ordinal()], column.ordinal());
    }

    private void end(EventColumn column) {
        consumer.endField(names[column.ordinal()], column.ordinal());
    }
}
