package io.tidemark.views.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes in parts that are far below the longest record of any broker. */
final class Chunks {
    static final int MOST_BYTES = 512 << 10;

    private Chunks() {}

    /** At least one. */
    static List<byte[]> of(byte[] bytes) {
        List<byte[]> chunks = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(bytes.length, from + MOST_BYTES);
            chunks.add(Arrays.copyOfRange(bytes, from, to));
            from = to;
        } while (from < bytes.length);
        return chunks;
    }

    static byte[] joined(List<byte[]> chunks) {
        if (chunks.size() == 1) {
            return chunks.get(0);
        }
        int size = 0;
        for (byte[] chunk : chunks) {
            size = Math.addExact(size, chunk.length);
        }
        byte[] all = new byte[size];
        int at = 0;
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, all, at, chunk.length);
            at += chunk.length;
        }
        return all;
    }
}
