package io.tidemark.web.export;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.scan.RowBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * One JSON object a line, with every column: null is {@code null}.
 *
 * <p>Integers and decimals are numbers with all their digits, floating-point numbers too, but for {@code "NaN"} and
 * {@code "Infinity"}, which JSON has not; times are text in ISO 8601, binary values in Base64, nested values JSON.
 */
public final class NdjsonWriter implements RowWriter {
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private final CellColumn[] cells;

    public NdjsonWriter(List<Column> columns) {
        cells = new CellColumn[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            OutputBuffer before = new OutputBuffer(64);
            before.put(i == 0 ? '{' : ',');
            byte[] name = columns.get(i).name().getBytes(StandardCharsets.UTF_8);
            JsonText.write(Bytes.padded(name), 0, name.length, before);
            before.put(':');
            byte[] prefix = Arrays.copyOf(before.bytes(), before.length());
            byte[] suffix = i + 1 == cells.length ? new byte[] {'}', '\n'} : new byte[0];
            cells[i] = new CellColumn(new Member(prefix, suffix, valueOf(columns.get(i))));
        }
    }

    private interface Value {
        void write(byte[] from, int at, int length, OutputBuffer out);
    }

    private static Value valueOf(Column column) {
        return switch (column.type()) {
            case BYTE, SHORT, INTEGER, LONG, DECIMAL, BOOLEAN, STRUCT, ARRAY, MAP, OTHER ->
                (from, at, n, out) -> out.putShort(from, at, n);
            case FLOAT, DOUBLE -> NdjsonWriter::floating;
            case BINARY -> NdjsonWriter::binary;
            case STRING, DATE, TIMESTAMP, TIMESTAMP_NTZ -> JsonText::write;
        };
    }

    private static void floating(byte[] from, int at, int length, OutputBuffer out) {
        byte last = from[at + length - 1];
        boolean isNumber = last >= '0' && last <= '9';
        if (isNumber) {
            out.putShort(from, at, length);
        } else {
            JsonText.write(from, at, length, out);
        }
    }

    private static void binary(byte[] from, int at, int length, OutputBuffer out) {
        byte[] text = Base64.getEncoder().encode(Arrays.copyOfRange(from, at, at + length));
        JsonText.write(Bytes.padded(text), 0, text.length, out);
    }

    @Override
    public void begin(OutputBuffer out) {}

    @Override
    public int write(RowBatch batch, int row, OutputBuffer out, int enough) {
        return CellColumn.write(cells, batch, row, out, enough);
    }

    private record Member(byte[] prefix, byte[] suffix, Value value) implements CellFormat {
        @Override
        public void value(byte[] from, int at, int length, OutputBuffer out) {
            out.put(prefix);
            value.write(from, at, length, out);
            out.put(suffix);
        }

        @Override
        public void nullValue(OutputBuffer out) {
            out.put(prefix);
            out.put(NULL);
            out.put(suffix);
        }
    }
}
