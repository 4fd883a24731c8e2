package io.tidemark.web.export;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.scan.RowBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Rows as cells, for encoders that have a form of their own for each type: of each cell its length plus one, seven bits a byte and
 * the lowest first, 0 for null; then its text in UTF-8, or the bytes of a binary value. {@link Cells} reads it.
 */
final class CellsWriter implements RowWriter {
    private final CellColumn[] cells;

    CellsWriter(List<Column> columns) {
        cells = columns.stream()
                .map(column -> new CellColumn(new Cell(column.type() == ColumnType.BINARY)))
                .toArray(CellColumn[]::new);
    }

    @Override
    public void begin(OutputBuffer out) {}

    @Override
    public int write(RowBatch batch, int row, OutputBuffer out, int enough) {
        return CellColumn.write(cells, batch, row, out, enough);
    }

    private record Cell(boolean binary) implements CellFormat {
        @Override
        public void value(byte[] from, int at, int length, OutputBuffer out) {
            if (binary || Bytes.isUtf8(from, at, length)) {
                length(length + 1, out);
                out.putShort(from, at, length);
            } else {
                byte[] mended = new String(from, at, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
                length(mended.length + 1, out);
                out.put(mended);
            }
        }

        private static void length(int length, OutputBuffer out) {
            int left = length;
            while (left >= 0x80) {
                out.put(left | 0x80);
                left >>>= 7;
            }
            out.put(left);
        }

        @Override
        public void nullValue(OutputBuffer out) {
            out.put(0);
        }
    }
}
