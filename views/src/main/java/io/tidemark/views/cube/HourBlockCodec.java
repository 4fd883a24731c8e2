package io.tidemark.views.cube;

/**
 * Hour blocks as bytes: {@code format, hour, number of cells, cells}. Signed counts, too.
 *
 * <p>A cell is the step from the combination before, shifted by one bit which says whether the count is 1; where it is not,
 * the count follows. So the cells of small files take one byte each.
 */
public final class HourBlockCodec {
    private static final int FORMAT = 1;

    private HourBlockCodec() {}

    public static byte[] encode(HourBlock block) {
        ByteWriter out = new ByteWriter().writeByte(FORMAT).writeSigned(block.hour());
        writeCells(block, out);
        return out.toBytes();
    }

    /** @throws IllegalArgumentException if these are not the bytes of a block */
    public static HourBlock decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        in.readVersion(FORMAT);
        HourBlock block = readCells(in.readSigned(), in);
        in.readEnd();
        return block;
    }

    static void writeCells(HourBlock block, ByteWriter out) {
        out.writeUnsigned(block.size());
        int before = -1;
        for (int i = 0; i < block.size(); i++) {
            long step = block.combination(i) - (long) before - 1;
            boolean one = block.count(i) == 1;
            out.writeUnsigned(step << 1 | (one ? 1 : 0));
            if (!one) {
                out.writeSigned(block.count(i));
            }
            before = block.combination(i);
        }
    }

    static HourBlock readCells(long hour, ByteReader in) {
        int size = in.readLength(1);
        int[] combinations = new int[size];
        long[] counts = new long[size];
        long before = -1;
        for (int i = 0; i < size; i++) {
            long step = in.readUnsigned();
            before += (step >>> 1) + 1;
            if (step < 0 || before > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("the absurd combination " + before);
            }
            combinations[i] = (int) before;
            counts[i] = (step & 1) != 0 ? 1 : in.readSigned();
        }
        try {
            return new HourBlock(hour, combinations, counts);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("counts beyond 64 bits", e);
        }
    }
}
