package io.tidemark.web.export;

import java.nio.charset.StandardCharsets;

/** One row after another of what a {@link CellsWriter} wrote. Not for more than one thread. */
final class Cells {
    private final int[] starts;
    private final int[] lengths;
    private byte[] bytes = {};
    private int next;

    Cells(int columns) {
        starts = new int[columns];
        lengths = new int[columns];
    }

    /** Begins with a chunk of whole rows. */
    void start(byte[] chunk) {
        bytes = chunk;
        next = 0;
    }

    /** Goes to the next row; false at the end of the chunk. */
    boolean next() {
        if (next == bytes.length) {
            return false;
        }
        for (int i = 0; i < starts.length; i++) {
            int length = 0;
            int shift = 0;
            byte b;
            do {
                b = bytes[next++];
                length |= (b & 0x7f) << shift;
                shift += 7;
            } while (b < 0);
            starts[i] = next;
            lengths[i] = length - 1;
            next += Math.max(0, lengths[i]);
        }
        return true;
    }

    boolean isNull(int column) {
        return lengths[column] < 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int start(int column) {
        return starts[column];
    }

    int length(int column) {
        return lengths[column];
    }

    String text(int column) {
        return new String(bytes, starts[column], lengths[column], StandardCharsets.UTF_8);
    }

    /** A whole number. */
    long integer(int column) {
        return integer(bytes, starts[column], lengths[column]);
    }

    /** A whole number from its text. */
    static long integer(byte[] bytes, int at, int length) {
        int end = at + length;
        boolean negative = bytes[at] == '-';
        long value = 0;
        // Downwards, as there is one negative number more than there are positive ones.
        for (int i = negative ? at + 1 : at; i < end; i++) {
            value = Math.subtractExact(Math.multiplyExact(value, 10), bytes[i] - '0');
        }
        return negative ? value : Math.negateExact(value);
    }
}
