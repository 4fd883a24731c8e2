package io.tidemark.views.cube;

/**
 * Sorted 96-bit hashes as bytes: their number, and then, of each, as bits: as many zeros as its first {@code log2(number)} bits
 * grow from the hash before it, a one, and the rest of its bits. So the order pays for the first bits of each: two bits are
 * written for them, however many they are.
 *
 * @see <a href="https://dl.acm.org/doi/10.1145/321812.321820">Elias: Efficient storage and retrieval by content and address
 *     of static files</a>
 */
final class HashesCodec {
    /** In a pair of longs, all but the last 32 bits. */
    private static final int BITS = 96;

    private HashesCodec() {}

    /** @param hashes as in {@link FileCounts#distinct()} */
    static void write(long[] hashes, ByteWriter out) {
        int size = hashes.length / 2;
        out.writeUnsigned(size);
        int shared = sharedBits(size);
        BitWriter bits = new BitWriter(out);
        long before = 0;
        for (int i = 0; i < hashes.length; i += 2) {
            long first = shared == 0 ? 0 : hashes[i] >>> Long.SIZE - shared;
            for (long zeros = first - before; zeros > 0; zeros--) {
                bits.write(0, 1);
            }
            bits.write(1, 1);
            bits.write(hashes[i], Long.SIZE - shared);
            bits.write(hashes[i + 1] >>> Integer.SIZE, BITS - Long.SIZE);
            before = first;
        }
        bits.flush();
    }

    /** @throws IllegalArgumentException if the bytes end before the hashes do, or make no hashes */
    static long[] read(ByteReader in) {
        int size = in.readLength((BITS - Integer.SIZE) / Byte.SIZE);
        int shared = sharedBits(size);
        long[] hashes = new long[2 * size];
        BitReader bits = new BitReader(in);
        long first = 0;
        for (int i = 0; i < hashes.length; i += 2) {
            while (bits.read(1) == 0) {
                first++;
            }
            if (first >>> shared != 0) {
                throw new IllegalArgumentException("a hash beyond " + BITS + " bits");
            }
            hashes[i] = (shared == 0 ? 0 : first << Long.SIZE - shared) | bits.read(Long.SIZE - shared);
            hashes[i + 1] = bits.read(BITS - Long.SIZE) << Integer.SIZE;
        }
        return hashes;
    }

    private static int sharedBits(int size) {
        return size == 0 ? 0 : Integer.SIZE - 1 - Integer.numberOfLeadingZeros(size);
    }

    /** Bits from the highest of each byte on. */
    private static final class BitWriter {
        private final ByteWriter out;
        private int pending;
        private int free = Byte.SIZE;

        BitWriter(ByteWriter out) {
            this.out = out;
        }

        /** Writes the lowest bits of a number, highest first. */
        void write(long value, int count) {
            int left = count;
            while (left > 0) {
                int some = Math.min(left, free);
                left -= some;
                pending = pending << some | (int) (value >>> left) & (1 << some) - 1;
                free -= some;
                if (free == 0) {
                    flush();
                }
            }
        }

        /** Fills the last byte with zeros. */
        void flush() {
            if (free < Byte.SIZE) {
                out.writeByte(pending << free);
                pending = 0;
                free = Byte.SIZE;
            }
        }
    }

    private static final class BitReader {
        private final ByteReader in;
        private int pending;
        private int left;

        BitReader(ByteReader in) {
            this.in = in;
        }

        long read(int count) {
            long value = 0;
            int wanted = count;
            while (wanted > 0) {
                if (left == 0) {
                    pending = in.readByte() & 0xFF;
                    left = Byte.SIZE;
                }
                int some = Math.min(wanted, left);
                left -= some;
                wanted -= some;
                value = value << some | pending >>> left & (1 << some) - 1;
            }
            return value;
        }
    }
}
