package io.tidemark.views.cube;

import java.util.ArrayList;
import java.util.List;

/**
 * Contributions as bytes: {@code format, rows, bytes, number of blocks, blocks, hashes}. A block is the step
 * from the hour before and its cells as in {@link HourBlockCodec}; hashes are as in {@link HashesCodec}.
 */
public final class ContributionCodec {
    private static final int FORMAT = 2;

    private ContributionCodec() {}

    public static byte[] encode(Contribution contribution) {
        ByteWriter out = new ByteWriter();
        write(contribution, out);
        return out.toBytes();
    }

    /** @throws IllegalArgumentException if these are not the bytes of a contribution */
    public static Contribution decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        Contribution contribution = read(in);
        in.readEnd();
        return contribution;
    }

    /** As {@link #encode}, behind what is already there. */
    public static void write(Contribution contribution, ByteWriter out) {
        out.writeByte(FORMAT)
                .writeUnsigned(contribution.rows())
                .writeUnsigned(contribution.bytes())
                .writeUnsigned(contribution.blocks().size());
        long before = 0;
        for (HourBlock block : contribution.blocks()) {
            // Wraps around from NO_TIME to a real hour, and back when it is read.
            out.writeSigned(block.hour() - before);
            HourBlockCodec.writeCells(block, out);
            before = block.hour();
        }
        HashesCodec.write(contribution.distinct(), out);
    }

    /** As {@link #decode}, where something may follow. */
    public static Contribution read(ByteReader in) {
        in.readVersion(FORMAT);
        long rows = in.readCount();
        long bytes = in.readCount();
        int size = in.readLength(3);
        List<HourBlock> blocks = new ArrayList<>();
        long hour = 0;
        for (int i = 0; i < size; i++) {
            hour += in.readSigned();
            blocks.add(HourBlockCodec.readCells(hour, in));
        }
        long[] distinct = HashesCodec.read(in);
        try {
            return new Contribution(rows, bytes, blocks, distinct);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("counts beyond 64 bits", e);
        }
    }
}
