package io.tidemark.ingest.scan;

import io.tidemark.ingest.parquet.ThriftReader;
import io.tidemark.ingest.scan.FileColumn.Physical;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Statistics of one chunk, read from the footer and reused. Positions of the values in the footer, -1 if absent. */
final class ChunkStatistics {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Longer bounds are not worth keeping. */
    private static final int MAX_TEXT = 1 << 10;

    private int max;
    private int maxLength;
    private int min;
    private int minLength;
    private long nulls;
    private boolean exact;

    /** True if a bound is of the field that has a defined order for strings. */
    private boolean orderedMax;

    private boolean orderedMin;

    void clear() {
        max = -1;
        min = -1;
        nulls = -1;
        exact = true;
        orderedMax = false;
        orderedMin = false;
    }

    void read(ThriftReader in) {
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                // 1 and 2 are the deprecated bounds: of signed integers they are right, of strings they may not be. Who
                // writes both writes them first.
                case 1, 5 -> {
                    orderedMax = in.field() == 5;
                    max = in.binary();
                    maxLength = in.length();
                }
                case 2, 6 -> {
                    orderedMin = in.field() == 6;
                    min = in.binary();
                    minLength = in.length();
                }
                case 3 -> nulls = in.i64();
                case 7, 8 -> exact &= in.bool();
                default -> in.skip();
            }
        }
        in.leave(outer);
    }

    /** Least and greatest value of a chunk without nulls; null if they are not known exactly. */
    Chunk.Bounds exactBounds(byte[] footer, Physical type) {
        return nulls == 0 && exact ? numbers(footer, type) : null;
    }

    /** Bounds of the values that are not null; null if not known. */
    Chunk.Bounds numbers(byte[] footer, Physical type) {
        int width = type.width;
        boolean whole = type == Physical.INT64 || type == Physical.INT32;
        if (!whole || min < 0 || max < 0 || minLength != width || maxLength != width) {
            return null;
        }
        long least = width == Long.BYTES ? (long) LONG.get(footer, min) : (int) INT.get(footer, min);
        long greatest = width == Long.BYTES ? (long) LONG.get(footer, max) : (int) INT.get(footer, max);
        return least <= greatest ? new Chunk.Bounds(least, greatest) : null;
    }

    /** Bounds of the values that are not null, which may be shortened: they are bounds all the same. */
    ChunkDetail.Texts texts(byte[] footer, Physical type) {
        boolean known = min >= 0 && max >= 0 && minLength <= MAX_TEXT && maxLength <= MAX_TEXT;
        if (type != Physical.BYTE_ARRAY || !orderedMin || !orderedMax || !known) {
            return null;
        }
        byte[] least = Arrays.copyOfRange(footer, min, min + minLength);
        byte[] greatest = Arrays.copyOfRange(footer, max, max + maxLength);
        return Arrays.compareUnsigned(least, greatest) <= 0 ? new ChunkDetail.Texts(least, greatest) : null;
    }

    long nulls() {
        return nulls;
    }
}
