package io.tidemark.views.verify;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * How many different values there are, exactly but for two values with the same 128 bits of SHA-256, which nobody will see.
 *
 * <p>16 bytes a value, at most 32 while it grows: 50 million sessions need about 1.6 GB. Safe for use by many threads.
 */
final class DistinctSet {
    private static final int STRIPES = 64;
    private static final ThreadLocal<MessageDigest> SHA = ThreadLocal.withInitial(DistinctSet::sha256);

    private final Stripe[] stripes = new Stripe[STRIPES];

    DistinctSet() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    void add(byte[] value) {
        byte[] hash = SHA.get().digest(value);
        long high = bits(hash, 0);
        long low = bits(hash, 8);
        stripes[(int) (high >>> 58)].add(high, low);
    }

    long size() {
        long size = 0;
        for (Stripe stripe : stripes) {
            size += stripe.size();
        }
        return size;
    }

    private static long bits(byte[] bytes, int offset) {
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits = bits << 8 | (bytes[offset + i] & 0xFF);
        }
        return bits;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    /** Open addressing; the pair (0, 0) marks a free place, and no value has that hash. */
    private static final class Stripe {
        private static final int FIRST_CAPACITY = 64;

        private long[] slots = new long[2 * FIRST_CAPACITY];
        private int size;

        synchronized void add(long high, long low) {
            if (insert(slots, high, low) && ++size * 4L > slots.length / 2 * 3L) {
                long[] larger = new long[Math.multiplyExact(slots.length, 2)];
                for (int i = 0; i < slots.length; i += 2) {
                    if ((slots[i] | slots[i + 1]) != 0) {
                        insert(larger, slots[i], slots[i + 1]);
                    }
                }
                slots = larger;
            }
        }

        synchronized int size() {
            return size;
        }

        private static boolean insert(long[] slots, long high, long low) {
            int mask = slots.length / 2 - 1;
            for (int at = (int) low & mask; ; at = (at + 1) & mask) {
                if ((slots[2 * at] | slots[2 * at + 1]) == 0) {
                    slots[2 * at] = high;
                    slots[2 * at + 1] = low;
                    return true;
                }
                if (slots[2 * at] == high && slots[2 * at + 1] == low) {
                    return false;
                }
            }
        }
    }
}
