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
            long zeros = first - before;
            for (; zeros >= Integer.SIZE; zeros -= Integer.SIZE) {
                bits.write(0, Integer.SIZE);
            }
            bits.write(1, (int) zeros + 1);
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
        /** The lowest {@link #held} bits of it are not written yet; what is above them is. */
        private long pending;

        private int held;

        BitWriter(ByteWriter out) {
            this.out = out;
        }

        /** Writes the lowest bits of a number, highest first. */
        void write(long value, int count) {
            if (count > Integer.SIZE) {
                write(value >>> Integer.SIZE, count - Integer.SIZE);
                write(value, Integer.SIZE);
                return;
            }
            pending = pending << count | value & (1L << count) - 1;
            held += count;
            while (held >= Byte.SIZE) {
                held -= Byte.SIZE;
                out.writeByte((int) (pending >>> held));
            }
        }

        /** Fills the last byte with zeros. */
        void flush() {
            if (held > 0) {
                write(0, Byte.SIZE - held);
            }
        }
    }

    private static final class BitReader {
        private final ByteReader in;
        /** The lowest {@link #held} bits of it are not read yet. */
        private long pending;

        private int held;

        BitReader(ByteReader in) {
            this.in = in;
        }

        long read(int count) {
            if (count > Integer.SIZE) {
                return read(count - Integer.SIZE) << Integer.SIZE | read(Integer.SIZE);
            }
            while (held < count) {
                pending = pending << Byte.SIZE | in.readByte() & 0xFF;
                held += Byte.SIZE;
            }
            held -= count;
            return pending >>> held & (1L << count) - 1;
        }
    }
}
