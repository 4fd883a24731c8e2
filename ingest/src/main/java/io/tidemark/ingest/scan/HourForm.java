package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How a file stores times, and the way from there to hours since the epoch. Floor division: the hour before 1970 is -1.
 *
 * <p>Each loop divides by a constant, which the compiler turns into a multiplication; a divisor in a variable takes thrice
 * the time.
 */
enum HourForm {
    MILLIS {
        @Override
        long hour(long value) {
            return Math.floorDiv(value, MILLIS_PER_HOUR);
        }

        @Override
        void plain(byte[] from, int at, long[] hours, int offset, int count) {
            for (int i = 0, p = at; i < count; i++, p += Long.BYTES) {
                hours[offset + i] = Math.floorDiv((long) LONG.get(from, p), MILLIS_PER_HOUR);
            }
        }
    },
    MICROS {
        @Override
        long hour(long value) {
            return Math.floorDiv(value, MICROS_PER_HOUR);
        }

        @Override
        void plain(byte[] from, int at, long[] hours, int offset, int count) {
            for (int i = 0, p = at; i < count; i++, p += Long.BYTES) {
                hours[offset + i] = Math.floorDiv((long) LONG.get(from, p), MICROS_PER_HOUR);
            }
        }
    },
    NANOS {
        @Override
        long hour(long value) {
            return Math.floorDiv(value, NANOS_PER_HOUR);
        }

        @Override
        void plain(byte[] from, int at, long[] hours, int offset, int count) {
            for (int i = 0, p = at; i < count; i++, p += Long.BYTES) {
                hours[offset + i] = Math.floorDiv((long) LONG.get(from, p), NANOS_PER_HOUR);
            }
        }
    },
    DAYS {
        @Override
        long hour(long value) {
            return value * 24;
        }

        @Override
        void plain(byte[] from, int at, long[] hours, int offset, int count) {
            for (int i = 0, p = at; i < count; i++, p += Integer.BYTES) {
                hours[offset + i] = (int) INT.get(from, p) * 24L;
            }
        }
    },
    /** Eight bytes of nanoseconds within the day, four of the Julian day number; proleptic Gregorian. */
    INT96 {
        @Override
        long hour(long value) {
            throw new IllegalStateException("an INT96 is more than a long");
        }

        @Override
        void plain(byte[] from, int at, long[] hours, int offset, int count) {
            for (int i = 0, p = at; i < count; i++, p += 12) {
                long day = (int) INT.get(from, p + 8) - JULIAN_DAY_OF_EPOCH;
                hours[offset + i] = day * 24 + Math.floorDiv((long) LONG.get(from, p), NANOS_PER_HOUR);
            }
        }
    };

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MILLIS_PER_HOUR = 3_600_000L;
    private static final long MICROS_PER_HOUR = 3_600_000_000L;
    private static final long NANOS_PER_HOUR = 3_600_000_000_000L;
    private static final long JULIAN_DAY_OF_EPOCH = 2_440_588L;

    /** The hour of one value, stored as an integer. */
    abstract long hour(long value);

    /** The hours of {@code count} values in PLAIN encoding. */
    abstract void plain(byte[] from, int at, long[] hours, int offset, int count);

    /** Turns integers into hours, in place. */
    void convert(long[] values, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            values[i] = hour(values[i]);
        }
    }

    /** True if hours can be read from a column of this type. */
    static boolean isTime(Column column) {
        ColumnType type = column.type();
        return type == ColumnType.TIMESTAMP || type == ColumnType.TIMESTAMP_NTZ || type == ColumnType.DATE;
    }

    static HourForm of(FileColumn column) {
        return switch (column.type()) {
            case INT96 -> INT96;
            case INT32 -> {
                if (column.meaning() == FileColumn.Meaning.DATE) {
                    yield DAYS;
                }
                throw notTime(column);
            }
            case INT64 ->
                switch (column.meaning()) {
                    case MILLIS -> MILLIS;
                    case MICROS -> MICROS;
                    case NANOS -> NANOS;
                    default -> throw notTime(column);
                };
            default -> throw notTime(column);
        };
    }

    private static Malformed notTime(FileColumn column) {
        return new Malformed(
                "is " + column.describe()
                        + " in this file, which is not a time. Times are read from INT64 with a timestamp type, INT96 and DATE");
    }
}
