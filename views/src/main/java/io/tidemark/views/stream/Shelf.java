package io.tidemark.views.stream;

import io.tidemark.views.cube.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One table's part of a task's state store. Keys are {@code kind, table}, and then whatever the kind is ordered by. What is put is
 * durable together with what is sent in the same transaction.
 */
final class Shelf {
    private static final int AT_ONCE = 10_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final byte[] table;

    Shelf(KeyValueStore<Bytes, byte[]> store, TableRef table) {
        this.store = store;
        this.table = prefix(table);
    }

    /** The value of a key, or null. */
    byte[] get(int kind, byte[] rest) {
        return store.get(key(kind, rest));
    }

    void put(int kind, byte[] rest, byte[] value) {
        store.put(key(kind, rest), value);
    }

    void delete(int kind, byte[] rest) {
        store.delete(key(kind, rest));
    }

    /**
     * Visits what begins with some bytes, in order. The visitor must not change what is visited.
     *
     * @param visitor takes the whole rest of the key, and the value
     */
    void forEach(int kind, byte[] beginning, BiConsumer<byte[], byte[]> visitor) {
        int before = 1 + table.length;
        try (KeyValueIterator<Bytes, byte[]> entries = store.prefixScan(key(kind, beginning), new BytesSerializer())) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                byte[] key = entry.key.get();
                visitor.accept(Arrays.copyOfRange(key, before, key.length), entry.value);
            }
        }
    }

    /** Deletes what begins with some bytes, a bounded number of keys in memory. */
    void deleteAll(int kind, byte[] beginning) {
        List<Bytes> found = new ArrayList<>();
        do {
            found.clear();
            try (KeyValueIterator<Bytes, byte[]> entries =
                    store.prefixScan(key(kind, beginning), new BytesSerializer())) {
                while (entries.hasNext() && found.size() < AT_ONCE) {
                    found.add(entries.next().key);
                }
            }
            found.forEach(store::delete);
        } while (found.size() == AT_ONCE);
    }

    private static byte[] prefix(TableRef table) {
        ByteWriter out = new ByteWriter();
        table.write(out);
        return out.toBytes();
    }

    /** What the keys of a kind begin with, for who only reads. */
    static Bytes key(TableRef table, int kind, byte[] rest) {
        return key(prefix(table), kind, rest);
    }

    private Bytes key(int kind, byte[] rest) {
        return key(table, kind, rest);
    }

    private static Bytes key(byte[] table, int kind, byte[] rest) {
        byte[] key = new byte[1 + table.length + rest.length];
        key[0] = (byte) kind;
        System.arraycopy(table, 0, key, 1, table.length);
        System.arraycopy(rest, 0, key, 1 + table.length, rest.length);
        return Bytes.wrap(key);
    }
}
