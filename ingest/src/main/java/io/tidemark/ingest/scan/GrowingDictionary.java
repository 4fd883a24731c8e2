package io.tidemark.ingest.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The values of one column chunk: those of its dictionary page first, then those interned from plain pages as they come.
 *
 * <p>Values lie in one array, and are found by open addressing on their bytes. A value that is in the dictionary page and
 * comes again on a plain page gets a second id: looking for it would mean to hash dictionaries that never need it.
 */
final class GrowingDictionary implements ValueDictionary {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    /** So that nobody can write a table whose values all collide. */
    private static final long SEED = ThreadLocalRandom.current().nextLong();

    private static final int FIRST_TABLE = 1 << 10;

    /** From this many values on it is asked whether interning pays: a table larger than this misses the caches. */
    private static final int MANY = 1 << 15;

    private final ByteBudget budget;
    private byte[] bytes;
    private int used;
    private int[] offsets;
    private int[] lengths;
    private int size;

    /** By hash: the id in the lower half, half of the hash in the upper. 0 = free. A power of two in size. */
    private long[] table;

    private int tableMask;
    /** In front of the table; null before the first value is interned. */
    private RecentValues recent;

    private int interned;
    private int asked;

    /** Size and bytes of what the dictionary page gave. */
    private int baseSize = 1;

    private int baseUsed;

    GrowingDictionary(ByteBudget budget) {
        this.budget = budget;
        bytes = budget.extend(new byte[0], 0);
        offsets = budget.extend(new int[0], 64);
        lengths = budget.extend(new int[0], 64);
        table = new long[0];
        size = 1;
    }

    private GrowingDictionary(GrowingDictionary before) {
        budget = before.budget;
        bytes = before.bytes;
        offsets = before.offsets;
        lengths = before.lengths;
        table = before.table;
        size = 1;
    }

    /** An empty dictionary that takes over this one's memory: this one is not to be used again. */
    GrowingDictionary next() {
        return new GrowingDictionary(this);
    }

    /** A dictionary with only what the dictionary page gave, which takes over this one's memory. */
    GrowingDictionary base() {
        GrowingDictionary base = new GrowingDictionary(this);
        base.size = baseSize;
        base.used = baseUsed;
        base.baseSize = baseSize;
        base.baseUsed = baseUsed;
        return base;
    }

    /** Takes all back but what the dictionary page gave; only where nothing was {@link #intern}ed. */
    void truncate() {
        size = baseSize;
        used = baseUsed;
    }

    /** Says that what is in it now came from the dictionary page. */
    void endOfBase() {
        baseSize = size;
        baseUsed = used;
    }

    int baseSize() {
        return baseSize;
    }

    /** Bytes that values of plain pages take, with what it takes to find them. */
    long internedBytes() {
        return (used - baseUsed) + 16L * (size - baseSize);
    }

    /** Makes room for a dictionary page and gives the array to write its bytes to, from the start. */
    byte[] room(int pageBytes, int count) {
        bytes = budget.extend(bytes, pageBytes);
        offsets = budget.extend(offsets, count + 1L);
        lengths = budget.extend(lengths, count + 1L);
        used = pageBytes;
        return bytes;
    }

    /** Adds a value whose bytes are in {@link #room} already. */
    void addAt(int offset, int length) {
        offsets[size] = offset;
        lengths[size++] = length;
    }

    /** Adds a value without looking whether it is there. */
    int add(byte[] from, int at, int length) {
        bytes = budget.extend(bytes, (long) used + length);
        offsets = budget.extend(offsets, size + 1L);
        lengths = budget.extend(lengths, size + 1L);
        System.arraycopy(from, at, bytes, used, length);
        offsets[size] = used;
        lengths[size] = length;
        used += length;
        return size++;
    }

    /**
     * The id of a value, new or not. The array must have the slack after the value.
     *
     * <p>Where nearly all values are new (a session or a key), they get new ids unseen: whoever gives each id a meaning of
     * their own looks them up anyway, and twice is once too often.
     */
    int intern(byte[] from, int at, int length) {
        if (interned >= MANY && 2 * interned > asked) {
            return add(from, at, length);
        }
        if (2 * interned >= tableMask) {
            growTable();
        }
        asked++;
        if (!RecentValues.isShort(length)) {
            return find(from, at, length);
        }
        int known = recent.id(from, at, length);
        return known != 0 ? known : findShort(from, at, length);
    }

    private int findShort(byte[] from, int at, int length) {
        int id = find(from, at, length);
        recent.put(from, at, length, id);
        return id;
    }

    private int find(byte[] from, int at, int length) {
        long hash = hash(from, at, length);
        long tag = hash << 32;
        int slot = slot(hash);
        while (true) {
            long entry = table[slot];
            int id = (int) entry;
            if (id == 0) {
                interned++;
                int added = add(from, at, length);
                table[slot] = tag | added;
                return added;
            }
            if ((entry ^ tag) >>> 32 == 0 && lengths[id] == length && same(bytes, offsets[id], from, at, length)) {
                return id;
            }
            slot = (slot + 1) & tableMask;
        }
    }

    private void growTable() {
        if (tableMask == 0) {
            recent = new RecentValues();
        }
        int slots = tableMask == 0 ? FIRST_TABLE : 4 * (tableMask + 1);
        table = budget.extend(table, slots);
        Arrays.fill(table, 0, slots, 0);
        tableMask = slots - 1;
        for (int id = size - interned; id < size; id++) {
            long hash = hash(bytes, offsets[id], lengths[id]);
            int slot = slot(hash);
            while (table[slot] != 0) {
                slot = (slot + 1) & tableMask;
            }
            table[slot] = hash << 32 | id;
        }
    }

    /** Eight bytes at a time. The last load goes beyond the value: what is not the value's is masked out. */
    private static long hash(byte[] from, int at, int length) {
        long hash = SEED ^ length;
        int p = at;
        int left = length;
        for (; left >= 8; left -= 8, p += 8) {
            hash = mix(hash ^ (long) LONG.get(from, p));
        }
        if (left > 0) {
            hash = mix(hash ^ ((long) LONG.get(from, p) & (-1L >>> (64 - 8 * left))));
        }
        return hash;
    }

    /** A product's upper half depends on all bits of what was multiplied; so it is folded into the lower. */
    private static long mix(long hash) {
        long product = hash * MULTIPLIER;
        return product ^ (product >>> 32);
    }

    /** The upper bits of one more product, as the lower are those that depend on few. */
    private int slot(long hash) {
        return (int) ((hash * MULTIPLIER) >>> 32) & tableMask;
    }

    private static boolean same(byte[] a, int aAt, byte[] b, int bAt, int length) {
        int p = aAt;
        int q = bAt;
        int left = length;
        for (; left >= 8; left -= 8, p += 8, q += 8) {
            if ((long) LONG.get(a, p) != (long) LONG.get(b, q)) {
                return false;
            }
        }
        return left == 0 || ((long) LONG.get(a, p) ^ (long) LONG.get(b, q)) << (64 - 8 * left) == 0;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int lasting() {
        return baseSize;
    }

    @Override
    public String text(int id) {
        return new String(bytes, offsets[id], lengths[id], StandardCharsets.UTF_8);
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int offset(int id) {
        return offsets[id];
    }

    @Override
    public int length(int id) {
        return lengths[id];
    }
}
