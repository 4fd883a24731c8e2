package io.tidemark.views.contribution;

import io.tidemark.ingest.scan.ValueDictionary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of one dimension that a file's dictionaries hold, numbered from 1 in the order in which they come; 0 is null.
 *
 * <p>Looked up by their bytes, so that a value that many dictionaries repeat becomes a text once.
 */
final class LocalValues {
    private static final char MALFORMED = '\uFFFD';

    private final List<String> texts = new ArrayList<>();
    /** Ordinals of texts in which bytes that are no UTF-8 were replaced: different bytes may become one text. */
    private final Map<String, Integer> replaced = new HashMap<>();

    private byte[] pool = new byte[64];
    private int pooled;
    private int[] offsets = new int[16];
    private int[] ordinals = new int[16];
    private int entries;
    /** Entry + 1; 0: empty. */
    private int[] table = new int[32];

    LocalValues() {
        texts.add(null);
    }

    /** Number of ordinals, null's among them. */
    int size() {
        return texts.size();
    }

    /** An estimate: a text takes its bytes twice, and as much again as a small object. */
    long heapBytes() {
        return 2L * pool.length + 8L * offsets.length + 4L * table.length + 64L * texts.size();
    }

    String text(int ordinal) {
        return texts.get(ordinal);
    }

    int ordinal(ValueDictionary dictionary, int id) {
        byte[] bytes = dictionary.bytes();
        int offset = dictionary.offset(id);
        int length = dictionary.length(id);
        int mask = table.length - 1;
        int i = hash(bytes, offset, length) & mask;
        while (table[i] != 0) {
            int entry = table[i] - 1;
            if (Arrays.equals(pool, offsets[entry], offsets[entry + 1], bytes, offset, offset + length)) {
                return ordinals[entry];
            }
            i = (i + 1) & mask;
        }
        return add(i, bytes, offset, length, dictionary.text(id));
    }

    private int add(int at, byte[] bytes, int offset, int length, String text) {
        int ordinal = texts.size();
        Integer same = text.indexOf(MALFORMED) < 0 ? null : replaced.putIfAbsent(text, ordinal);
        if (same != null) {
            ordinal = same;
        } else {
            texts.add(text);
        }
        if (entries + 1 == offsets.length) {
            offsets = Arrays.copyOf(offsets, entries * 2 + 2);
            ordinals = Arrays.copyOf(ordinals, offsets.length);
        }
        if (pool.length - pooled < length) {
            long wanted = Math.max(2L * pool.length, (long) pooled + length);
            pool = Arrays.copyOf(pool, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
        }
        System.arraycopy(bytes, offset, pool, pooled, length);
        pooled += length;
        ordinals[entries] = ordinal;
        entries++;
        offsets[entries] = pooled;
        table[at] = entries;
        if (entries * 2 > table.length) {
            grow();
        }
        return ordinal;
    }

    private void grow() {
        table = new int[Math.multiplyExact(table.length, 4)];
        int mask = table.length - 1;
        for (int entry = 0; entry < entries; entry++) {
            int i = hash(pool, offsets[entry], offsets[entry + 1] - offsets[entry]) & mask;
            while (table[i] != 0) {
                i = (i + 1) & mask;
            }
            table[i] = entry + 1;
        }
    }

    private static int hash(byte[] bytes, int offset, int length) {
        int h = length;
        for (int i = offset; i < offset + length; i++) {
            h = h * 31 + bytes[i];
        }
        // Low bits decide the slot.
        h *= 0x9E3779B9;
        return h ^ h >>> 15;
    }
}
