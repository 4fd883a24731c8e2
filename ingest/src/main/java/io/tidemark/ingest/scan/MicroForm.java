package io.tidemark.ingest.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The way from stored times to microseconds since 1970. Floor division; what is too far for 64 bits becomes the nearest that
 * is not, and {@link RowBatch#NO_TIME} is never given.
 */
enum MicroForm {
    MILLIS {
        @Override
        void plain(byte[] from, int at, long[] micros, int offset, int count) {
            for (int i = 0, p = at; i < count; i++, p += Long.BYTES) {
                micros[offset + i] = micros((long) LONG.get(from, p));
            }
        }

        @Override
        long micros(long value) {
            return saturated(value, 1_000L);
        }
    },
    MICROS {
        @Override
        void plain(byte[] from, int at, long[] micros, int offset, int count) {
            for (int i = 0, p = at; i < count; i++, p += Long.BYTES) {
                micros[offset + i] = Math.max((long) LONG.get(from, p), LEAST);
            }
        }

        @Override
        long micros(long value) {
            return Math.max(value, LEAST);
        }
    },
    NANOS {
        @Override
        void plain(byte[] from, int at, long[] micros, int offset, int count) {
            for (int i = 0, p = at; i < count; i++, p += Long.BYTES) {
                micros[offset + i] = Math.floorDiv((long) LONG.get(from, p), 1_000L);
            }
        }

        @Override
        long micros(long value) {
            return Math.floorDiv(value, 1_000L);
        }
    },
    DAYS {
        @Override
        void plain(byte[] from, int at, long[] micros, int offset, int count) {
            for (int i = 0, p = at; i < count; i++, p += Integer.BYTES) {
                micros[offset + i] = micros((int) INT.get(from, p));
            }
        }

        @Override
        long micros(long value) {
            return saturated(value, MICROS_PER_DAY);
        }
    },
    /** Eight bytes of nanoseconds within the day, four of the Julian day number; proleptic Gregorian. */
    INT96 {
        @Override
        void plain(byte[] from, int at, long[] micros, int offset, int count) {
            for (int i = 0, p = at; i < count; i++, p += 12) {
                long day = saturated((int) INT.get(from, p + 8) - JULIAN_DAY_OF_EPOCH, MICROS_PER_DAY);
                micros[offset + i] = sum(day, Math.floorDiv((long) LONG.get(from, p), 1_000L));
            }
        }

        @Override
        long micros(long value) {
            throw new IllegalStateException("an INT96 is more than a long");
        }
    };

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long JULIAN_DAY_OF_EPOCH = 2_440_588L;
    private static final long LEAST = Long.MIN_VALUE + 1;

    /** The microseconds of one value, stored as an integer. */
    abstract long micros(long value);

    /** The microseconds of {@code count} values that lie one after another. */
    abstract void plain(byte[] from, int at, long[] micros, int offset, int count);

    static MicroForm of(FileColumn column) {
        return switch (HourForm.of(column)) {
            case MILLIS -> MILLIS;
            case MICROS -> MICROS;
            case NANOS -> NANOS;
            case DAYS -> DAYS;
            case INT96 -> INT96;
        };
    }

    static long saturated(long value, long factor) {
        long limit = Long.MAX_VALUE / factor;
        if (value > limit) {
            return Long.MAX_VALUE;
        }
        return value < -limit ? LEAST : value * factor;
    }

    static long sum(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            return a > 0 ? Long.MAX_VALUE : LEAST;
        }
        return Math.max(sum, LEAST);
    }
}
