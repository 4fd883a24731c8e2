package io.tidemark.web.export;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.TableException;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/** A column of a table among those of an exported Parquet file: in the same type as Delta writes it. */
final class ParquetColumn {
    private static final int LONGEST_SHOWN = 100;

    private final Column column;
    private final int index;
    private final ParquetForm form;

    ParquetColumn(Column column, int index) {
        this.column = column;
        this.index = index;
        this.form =
                column.type().isNested() ? new ParquetNested(column) : new ParquetValue(column, Repetition.OPTIONAL);
    }

    Type type() {
        return form.type();
    }

    void write(Cells cells, RecordConsumer consumer) {
        if (cells.isNull(index)) {
            return;
        }
        consumer.startField(column.name(), index);
        try {
            form.add(cells.bytes(), cells.start(index), cells.length(index), consumer);
        } catch (ArithmeticException e) {
            String value = cells.text(index);
            String shown = value.length() > LONGEST_SHOWN ? value.substring(0, LONGEST_SHOWN) + "…" : value;
            throw new TableException("Column '" + column.name() + "' has the value " + shown
                    + ", which Parquet's form of " + column.typeName() + " does not hold. Export as CSV or NDJSON.");
        }
        consumer.endField(column.name(), index);
    }
}
