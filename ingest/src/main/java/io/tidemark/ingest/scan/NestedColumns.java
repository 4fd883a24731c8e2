package io.tidemark.ingest.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The nested columns of one row scan, read by parquet-java beside the others: by the row's number, so that what a row is, and
 * whether it is wanted, is decided elsewhere.
 *
 * <p>A row group's nested columns are in memory together, and its rows are gone through from the first to the last one wanted.
 */
final class NestedColumns implements AutoCloseable {

    /** Values may be large: so batches with nested columns are small. */
    static final int BATCH_ROWS = 256;

    private static final ParquetReadOptions OPTIONS = ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new NestedCodecs())
            .build();

    private final ScanLimits limits;
    private final ScanControl control;
    private final List<NestedColumn> columns;
    private final Record record;
    private final ParquetFileReader file;
    private final MessageType wanted;
    private final MessageColumnIO assembly;

    private int group = -1;
    private PageReadStore pages;
    private RecordReader<Object> records;
    private long nextRow;

    NestedColumns(OpenDataFile open, RowBinding binding, ScanLimits limits, ScanControl control) throws IOException {
        this.limits = limits;
        this.control = control;
        this.columns = binding.nested;
        NestedText text = new NestedText(binding.nestedBudget, control);
        record = new Record(new NestedConverters.Row(text, columns));
        file = ParquetFileReader.open(new CheckedInput(open.checked()), OPTIONS);
        try {
            MessageType schema = file.getFileMetaData().getSchema();
            wanted = new MessageType(schema.getName(), bind(schema, binding, text));
            file.setRequestedSchema(wanted);
            assembly = new ColumnIOFactory(file.getFileMetaData().getCreatedBy()).getColumnIO(wanted);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private List<Type> bind(MessageType schema, RowBinding binding, NestedText text) {
        NestedBinding nested = new NestedBinding(text, binding.byFieldId());
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            NestedColumn column = columns.get(i);
            binding.blame(column.slot);
            NestedBinding.Bound bound = nested.bind(column.column, schema.getType(column.field), record.row, i);
            record.row.set(i, bound.converter());
            types.add(bound.type());
        }
        binding.blameNone();
        return types;
    }

    /**
     * Fills the columns' vectors.
     *
     * @param rowGroup not less than in the call before
     * @param first a row of the row group, from which {@code selected} counts, ascending; after those of the call before
     * @param count how many of {@code selected} there are, at most {@link #BATCH_ROWS}
     */
    void read(int rowGroup, long first, int[] selected, int count) throws IOException {
        if (rowGroup != group) {
            startGroup(rowGroup);
        }
        columns.forEach(NestedColumn::startBatch);
        for (int i = 0; i < count; i++) {
            record.row.next(-1);
            while (nextRow < first + selected[i]) {
                if ((nextRow & 0xfff) == 0) {
                    control.check();
                }
                records.read();
                nextRow++;
            }
            record.row.next(i);
            records.read();
            nextRow++;
        }
    }

    private void startGroup(int rowGroup) throws IOException {
        endGroup();
        requireRoom(file.getRowGroups().get(rowGroup));
        pages = file.readRowGroup(rowGroup);
        records = assembly.getRecordReader(pages, record);
        group = rowGroup;
        nextRow = 0;
    }

    private void requireRoom(BlockMetaData rowGroup) {
        long bytes = 0;
        for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
            bytes += wanted.containsPath(chunk.getPath().toArray()) ? chunk.getTotalSize() : 0;
        }
        if (bytes > limits.maxScanBytes()) {
            throw new Malformed("has a row group with " + bytes + " bytes of nested columns; at most "
                    + limits.maxScanBytes() + " are read (more with a larger -Xmx)");
        }
    }

    private void endGroup() {
        if (pages != null) {
            pages.close();
            pages = null;
        }
    }

    @Override
    public void close() {
        endGroup();
        try {
            file.close();
        } catch (IOException e) {
            // Nothing was written, and what was opened is closed elsewhere.
        }
    }

    /** A row's texts go to the columns: there is no other record. */
    private static final class Record extends RecordMaterializer<Object> {
        private final NestedConverters.Row row;

        Record(NestedConverters.Row row) {
            this.row = row;
        }

        @Override
        public Object getCurrentRecord() {
            return row;
        }

        @Override
        public GroupConverter getRootConverter() {
            return row;
        }
    }
}
