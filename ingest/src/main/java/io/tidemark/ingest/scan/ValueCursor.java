package io.tidemark.ingest.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Goes over the values of a page one by one, each as a range of bytes. For pages without a dictionary.
 *
 * <p>The array that {@link #next} points into has the slack of {@link ByteBudget#SLACK} bytes.
 */
abstract sealed class ValueCursor {
    byte[] array;
    int at;
    int length;

    abstract void start(ByteBudget budget, byte[] from, int start, int end);

    /** Goes to the next value: {@link #array}, {@link #at}, {@link #length}. */
    abstract void next();

    /** Goes past some values. */
    void skip(int count) {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    /** Copies the bytes of the next values, which have one width. */
    void copy(byte[] to, int offset, int count) {
        int p = offset;
        for (int i = 0; i < count; i++) {
            next();
            System.arraycopy(array, at, to, p, length);
            p += length;
        }
    }

    /** Gives ids to the next values. */
    void intern(GrowingDictionary into, int[] ids, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            next();
            ids[i] = into.intern(array, at, length);
        }
    }

    static Malformed tooFew() {
        return new Malformed("has a page with fewer values than it says");
    }

    /** A cursor for an encoding of a column. */
    static ValueCursor of(int encoding, FileColumn column) {
        int width = column.width();
        return switch (encoding) {
            case Encoding.PLAIN -> width == 0 ? new Plain() : new Fixed(width);
            case Encoding.DELTA_BINARY_PACKED -> {
                if (column.type() != FileColumn.Physical.INT32 && column.type() != FileColumn.Physical.INT64) {
                    throw Encoding.unexpected(encoding, column);
                }
                yield new Deltas(width);
            }
            case Encoding.DELTA_LENGTH_BYTE_ARRAY -> {
                if (width != 0) {
                    throw Encoding.unexpected(encoding, column);
                }
                yield new DeltaLengths();
            }
            case Encoding.DELTA_BYTE_ARRAY -> {
                if (column.type() != FileColumn.Physical.BYTE_ARRAY && column.type().width != 0) {
                    throw Encoding.unexpected(encoding, column);
                }
                yield new DeltaStrings(width);
            }
            case Encoding.BYTE_STREAM_SPLIT -> {
                if (width == 0) {
                    throw Encoding.unexpected(encoding, column);
                }
                yield new Split(width);
            }
            default -> throw Encoding.unexpected(encoding, column);
        };
    }

    private static final class Plain extends ValueCursor {
        private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
        private int end;

        @Override
        void start(ByteBudget budget, byte[] from, int start, int stop) {
            array = from;
            at = start;
            length = 0;
            end = stop;
        }

        @Override
        void next() {
            int start = at + length + 4;
            if (start > end) {
                throw tooFew();
            }
            int size = (int) INT.get(array, start - 4);
            if (size < 0 || size > end - start) {
                throw new Malformed("has a value that does not end within its page");
            }
            at = start;
            length = size;
        }

        /** The same once more, as here the compiler knows what {@link #next} is. */
        @Override
        void intern(GrowingDictionary into, int[] ids, int offset, int count) {
            for (int i = offset; i < offset + count; i++) {
                next();
                ids[i] = into.intern(array, at, length);
            }
        }
    }

    private static final class Fixed extends ValueCursor {
        private int end;

        Fixed(int width) {
            length = width;
        }

        @Override
        void start(ByteBudget budget, byte[] from, int start, int stop) {
            array = from;
            at = start - length;
            end = stop;
        }

        @Override
        void next() {
            at += length;
            if (length > end - at) {
                throw tooFew();
            }
        }

        @Override
        void skip(int count) {
            int first = at + length;
            if ((long) count * length > end - first) {
                throw tooFew();
            }
            at += count * length;
        }

        @Override
        void copy(byte[] to, int offset, int count) {
            int first = at + length;
            skip(count);
            System.arraycopy(array, first, to, offset, count * length);
        }
    }

    private static final class Deltas extends ValueCursor {
        private static final VarHandle LONG =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
        private final DeltaBinary values = new DeltaBinary();
        private final long[] one = new long[1];

        Deltas(int width) {
            length = width;
            array = new byte[Long.BYTES + ByteBudget.SLACK];
        }

        @Override
        void start(ByteBudget budget, byte[] from, int start, int end) {
            values.start(budget, from, start, end);
        }

        @Override
        void next() {
            values.read(one, 0, 1);
            LONG.set(array, 0, one[0]);
        }
    }

    /** Byte 0 of every value, then byte 1 of every value, and so on. */
    private static final class Split extends ValueCursor {
        private byte[] from;
        private int next;
        private int stride;
        private int stop;

        Split(int width) {
            length = width;
            array = new byte[width + ByteBudget.SLACK];
        }

        @Override
        void start(ByteBudget budget, byte[] bytes, int start, int end) {
            from = bytes;
            next = start;
            stride = (end - start) / length;
            stop = start + stride;
        }

        @Override
        void next() {
            if (next >= stop) {
                throw tooFew();
            }
            for (int i = 0; i < length; i++) {
                array[i] = from[next + i * stride];
            }
            next++;
        }
    }

    /** All lengths, then all bytes. */
    private static final class DeltaLengths extends ValueCursor {
        private final DeltaBinary lengths = new DeltaBinary();
        private int end;

        @Override
        void start(ByteBudget budget, byte[] from, int start, int stop) {
            lengths.start(budget, from, start, stop);
            array = from;
            at = lengths.findEnd();
            length = 0;
            end = stop;
        }

        @Override
        void next() {
            at += length;
            length = lengths.readInt();
            if (length < 0 || length > end - at) {
                throw new Malformed("has a value that does not end within its page");
            }
        }
    }

    /** How many bytes to keep of the value before, for all; then what follows them, as {@link DeltaLengths}. */
    private static final class DeltaStrings extends ValueCursor {
        private final DeltaBinary prefixes = new DeltaBinary();
        private final DeltaLengths suffixes = new DeltaLengths();
        private final int width;
        private ByteBudget budget;

        DeltaStrings(int width) {
            this.width = width;
            array = new byte[64];
        }

        @Override
        void start(ByteBudget buffers, byte[] from, int start, int end) {
            budget = buffers;
            prefixes.start(buffers, from, start, end);
            suffixes.start(buffers, from, prefixes.findEnd(), end);
            length = 0;
        }

        @Override
        void next() {
            int kept = prefixes.readInt();
            suffixes.next();
            if (kept < 0 || kept > length) {
                throw new Malformed("has a value that begins with more of the one before than there is");
            }
            array = budget.extend(array, (long) kept + suffixes.length);
            System.arraycopy(suffixes.array, suffixes.at, array, kept, suffixes.length);
            length = kept + suffixes.length;
            if (width != 0 && width != length) {
                throw new Malformed("has a value of " + length + " bytes where all have " + width);
            }
        }
    }
}
