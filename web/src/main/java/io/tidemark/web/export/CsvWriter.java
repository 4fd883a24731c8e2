package io.tidemark.web.export;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.scan.RowBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * CSV as RFC 4180 has it: UTF-8, a header row, lines that end in CR LF, quotes only where they are needed.
 *
 * <p>Null is an empty field, the empty text is {@code ""}. Times are in ISO 8601, binary values in Base64, nested values in JSON.
 */
public final class CsvWriter implements RowWriter {
    private final List<Column> columns;
    private final boolean spreadsheetSafe;
    private final CellColumn[] cells;

    /**
     * @param spreadsheetSafe true if text that a spreadsheet would run as a formula gets an apostrophe in front; numbers, dates
     *     and booleans never do. False writes every value as it is.
     */
    public CsvWriter(List<Column> columns, boolean spreadsheetSafe) {
        this.columns = List.copyOf(columns);
        this.spreadsheetSafe = spreadsheetSafe;
        cells = new CellColumn[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = new CellColumn(format(columns.get(i).type(), isLast(i)));
        }
    }

    private boolean isLast(int column) {
        return column + 1 == columns.size();
    }

    private static void end(boolean last, OutputBuffer out) {
        if (last) {
            out.put('\r');
            out.put('\n');
        } else {
            out.put(',');
        }
    }

    private CellFormat format(ColumnType type, boolean last) {
        return switch (type) {
            case STRING, STRUCT, ARRAY, MAP, OTHER -> new Text(spreadsheetSafe, last);
            case BINARY -> new Binary(spreadsheetSafe, last);
            default -> new Simple(last);
        };
    }

    @Override
    public void begin(OutputBuffer out) {
        for (int i = 0; i < cells.length; i++) {
            byte[] name = columns.get(i).name().getBytes(StandardCharsets.UTF_8);
            CsvText.write(Bytes.padded(name), 0, name.length, spreadsheetSafe, out);
            end(isLast(i), out);
        }
    }

    @Override
    public int write(RowBatch batch, int row, OutputBuffer out, int enough) {
        return CellColumn.write(cells, batch, row, out, enough);
    }

    /** Numbers, times and booleans: nothing in them needs a quote. */
    private record Simple(boolean last) implements CellFormat {
        @Override
        public void value(byte[] from, int at, int length, OutputBuffer out) {
            out.putShort(from, at, length);
            end(last, out);
        }

        @Override
        public void nullValue(OutputBuffer out) {
            end(last, out);
        }
    }

    private record Text(boolean safe, boolean last) implements CellFormat {
        @Override
        public void value(byte[] from, int at, int length, OutputBuffer out) {
            CsvText.write(from, at, length, safe, out);
            end(last, out);
        }

        @Override
        public void nullValue(OutputBuffer out) {
            end(last, out);
        }
    }

    private record Binary(boolean safe, boolean last) implements CellFormat {
        @Override
        public void value(byte[] from, int at, int length, OutputBuffer out) {
            byte[] text = Base64.getEncoder().encode(Arrays.copyOfRange(from, at, at + length));
            CsvText.write(Bytes.padded(text), 0, text.length, safe, out);
            end(last, out);
        }

        @Override
        public void nullValue(OutputBuffer out) {
            end(last, out);
        }
    }
}
