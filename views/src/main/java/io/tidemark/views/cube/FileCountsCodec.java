package io.tidemark.views.cube;

import java.util.ArrayList;
import java.util.List;

/**
 * What a file holds, as bytes that any machine understands: {@code format, rows}, the values of each dimension but null, the
 * combinations, the cells with the step from the hour before, and the hashes as in {@link HashesCodec}.
 */
public final class FileCountsCodec {
    private static final int FORMAT = 1;

    private FileCountsCodec() {}

    public static byte[] encode(FileCounts counts) {
        ByteWriter out = new ByteWriter();
        write(counts, out);
        return out.toBytes();
    }

    /** @throws IllegalArgumentException if these are not the bytes of a file's counts */
    public static FileCounts decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        FileCounts counts = read(in);
        in.readEnd();
        return counts;
    }

    /** As {@link #encode}, behind what is already there. */
    public static void write(FileCounts counts, ByteWriter out) {
        out.writeByte(FORMAT).writeUnsigned(counts.rows());
        out.writeUnsigned(counts.values().size());
        for (String[] values : counts.values()) {
            out.writeUnsigned(values.length - 1);
            for (int ordinal = 1; ordinal < values.length; ordinal++) {
                out.writeText(values[ordinal]);
            }
        }
        out.writeUnsigned(counts.combinations().length);
        for (int[] combination : counts.combinations()) {
            for (int ordinal : combination) {
                out.writeUnsigned(ordinal);
            }
        }
        out.writeUnsigned(counts.cells().length);
        long hour = 0;
        for (int i = 0; i < counts.cells().length; i++) {
            // Wraps around from NO_TIME to a real hour, and back when it is read.
            out.writeSigned(counts.hours()[i] - hour)
                    .writeUnsigned(counts.cells()[i])
                    .writeUnsigned(counts.counts()[i]);
            hour = counts.hours()[i];
        }
        HashesCodec.write(counts.distinct(), out);
    }

    /** As {@link #decode}, where something may follow. */
    public static FileCounts read(ByteReader in) {
        in.readVersion(FORMAT);
        long rows = in.readCount();
        List<String[]> values = new ArrayList<>();
        for (int d = in.readLength(1); d > 0; d--) {
            String[] texts = new String[in.readLength(1) + 1];
            for (int ordinal = 1; ordinal < texts.length; ordinal++) {
                texts[ordinal] = in.readText();
            }
            values.add(texts);
        }
        int[][] combinations = combinations(values, in);
        int cells = in.readLength(3);
        long[] hours = new long[cells];
        int[] of = new int[cells];
        long[] counts = new long[cells];
        long hour = 0;
        for (int i = 0; i < cells; i++) {
            hour += in.readSigned();
            hours[i] = hour;
            of[i] = below(combinations.length, in.readInt());
            counts[i] = in.readCount();
        }
        return new FileCounts(rows, values, combinations, hours, of, counts, HashesCodec.read(in));
    }

    private static int[][] combinations(List<String[]> values, ByteReader in) {
        // Without dimensions there is one combination, which takes no bytes.
        int size = values.isEmpty() ? below(2, in.readInt()) : in.readLength(values.size());
        int[][] combinations = new int[size][values.size()];
        for (int[] combination : combinations) {
            for (int d = 0; d < combination.length; d++) {
                combination[d] = below(values.get(d).length, in.readInt());
            }
        }
        return combinations;
    }

    private static int below(int end, int number) {
        if (number >= end) {
            throw new IllegalArgumentException("number " + number + " where there are " + end);
        }
        return number;
    }
}
