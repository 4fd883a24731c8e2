package io.tidemark.ingest.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Ids of short values that came lately, each in the one place that its bytes say: in a column of few values nearly all are found
 * here, by comparing two longs, without hashing and comparing byte by byte.
 */
final class RecentValues {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST = 2 * Long.BYTES;
    private static final int PLACE_BITS = 7;
    private static final int SHIFT_TO_PLACE = Long.SIZE - PLACE_BITS;
    private static final int LONGS_A_PLACE = 4;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final long OTHER_MULTIPLIER = 0xC2B2AE3D27D4EB4FL;

    /** For each place its value's {@link #first} and {@link #last} bytes, and its length and id in one long; 0: the place is free. */
    private final long[] places = new long[LONGS_A_PLACE << PLACE_BITS];

    /** True if values of this length are kept. */
    static boolean isShort(int length) {
        return length > 0 && length <= LONGEST;
    }

    /** The id of a short value, which the array has slack after; 0 if it is not here. */
    int id(byte[] from, int at, int length) {
        long first = first(from, at, length);
        long last = last(from, at, length);
        int place = place(first, last);
        long known = places[place + 2];
        boolean same = places[place] == first && places[place + 1] == last && known >>> Integer.SIZE == length;
        return same ? (int) known : 0;
    }

    /** Keeps the id of a short value, and forgets what had its place. */
    void put(byte[] from, int at, int length, int id) {
        long first = first(from, at, length);
        long last = last(from, at, length);
        int place = place(first, last);
        places[place] = first;
        places[place + 1] = last;
        places[place + 2] = (long) length << Integer.SIZE | id;
    }

    /** The first eight bytes, or as many as there are. */
    private static long first(byte[] from, int at, int length) {
        long word = (long) LONG.get(from, at);
        return length < Long.BYTES ? word & (1L << Byte.SIZE * length) - 1 : word;
    }

    /** The last eight bytes of more than that, some of them the first's as well. */
    private static long last(byte[] from, int at, int length) {
        return length > Long.BYTES ? (long) LONG.get(from, at + length - Long.BYTES) : 0;
    }

    private static int place(long first, long last) {
        return (int) ((first * MULTIPLIER ^ last * OTHER_MULTIPLIER) >>> SHIFT_TO_PLACE) * LONGS_A_PLACE;
    }
}
