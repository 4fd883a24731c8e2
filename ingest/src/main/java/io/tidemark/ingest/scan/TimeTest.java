package io.tidemark.ingest.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The range of times. */
final class TimeTest implements RowTest {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final RowFilter filter;

    /** Both inclusive. */
    private final long least;

    private final long greatest;
    private MicroForm form;

    TimeTest(RowFilter filter) {
        this.filter = filter;
        least = Math.max(filter.from(), RowBatch.NO_TIME + 1);
        greatest = filter.to() == RowFilter.OPEN_TO ? Long.MAX_VALUE : filter.to() - 1;
    }

    @Override
    public void startFile(FileColumn column) {
        form = MicroForm.of(column);
    }

    @Override
    public boolean mayMatch(Chunk chunk) {
        Chunk.Bounds bounds = chunk.detail().numbers();
        return bounds == null || filter.mayAcceptTimes(form.micros(bounds.min()), form.micros(bounds.max()));
    }

    /** Times are rarely in a dictionary, and then in one that is nearly as long as the column. */
    @Override
    public boolean mayMatch(Chunk chunk, RowReader reader) {
        return true;
    }

    @Override
    public boolean mayMatch(byte[] bytes, int min, int minLength, int max, int maxLength) {
        int width = form == MicroForm.DAYS ? Integer.BYTES : Long.BYTES;
        if (form == MicroForm.INT96 || minLength != width || maxLength != width) {
            return true;
        }
        long from = width == Long.BYTES ? (long) LONG.get(bytes, min) : (int) INT.get(bytes, min);
        long to = width == Long.BYTES ? (long) LONG.get(bytes, max) : (int) INT.get(bytes, max);
        return from > to || filter.mayAcceptTimes(form.micros(from), form.micros(to));
    }

    @Override
    public boolean acceptsNull() {
        return false;
    }

    @Override
    public int select(RowReader reader, int[] selected, int count) {
        long[] micros = reader.micros();
        int found = 0;
        for (int i = 0; i < count; i++) {
            int row = selected[i];
            selected[found] = row;
            found += micros[row] >= least && micros[row] <= greatest ? 1 : 0;
        }
        return found;
    }
}
