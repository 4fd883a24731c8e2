package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/** A value that is not nested itself, somewhere within a nested column: written as part of its JSON. */
final class NestedValue extends PrimitiveConverter {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final NestedText out;
    private final NestedConverters.Parent parent;
    private final int index;
    private final Column column;
    private final TextForm form;
    private final boolean isKey;
    private final byte[] stored = new byte[Long.BYTES];
    private final byte[] text = new byte[TextForm.MAX_TEXT];

    /** @param isKey true if the value is the name of a member, and so always in quotes */
    NestedValue(
            NestedText out, NestedConverters.Parent parent, int index, Column column, FileColumn file, boolean isKey) {
        this.out = out;
        this.parent = parent;
        this.index = index;
        this.column = column;
        this.form = TextForm.of(column, file);
        this.isKey = isKey;
    }

    @Override
    public void addBoolean(boolean value) {
        parent.child(index);
        write(value ? TRUE : FALSE, false);
    }

    @Override
    public void addInt(int value) {
        TextForm.INT.set(stored, 0, value);
        add(stored, Integer.BYTES);
    }

    @Override
    public void addLong(long value) {
        TextForm.LONG.set(stored, 0, value);
        add(stored, Long.BYTES);
    }

    @Override
    public void addFloat(float value) {
        addInt(Float.floatToRawIntBits(value));
    }

    @Override
    public void addDouble(double value) {
        addLong(Double.doubleToRawLongBits(value));
    }

    @Override
    public void addBinary(Binary value) {
        if (form != TextForm.NONE) {
            byte[] bytes = out.isWanted() ? value.getBytesUnsafe() : stored;
            add(bytes, bytes.length);
            return;
        }
        parent.child(index);
        if (out.isWanted()) {
            byte[] bytes = value.getBytesUnsafe();
            boolean isText = column.type() == ColumnType.STRING;
            write(isText ? bytes : Base64.getEncoder().encode(bytes), true);
        }
    }

    private void add(byte[] from, int length) {
        parent.child(index);
        if (out.isWanted()) {
            int count = form.write(from, 0, length, text);
            write(Arrays.copyOf(text, count), isText(count));
        }
    }

    /** JSON has no numbers for what is not a number, and none for times. */
    private boolean isText(int count) {
        return switch (column.type()) {
            case BYTE, SHORT, INTEGER, LONG, DECIMAL -> false;
            case FLOAT, DOUBLE -> text[count - 1] < '0' || text[count - 1] > '9';
            default -> true;
        };
    }

    private void write(byte[] value, boolean isText) {
        if (isText || isKey) {
            out.putString(value);
        } else {
            out.put(value);
        }
    }
}
