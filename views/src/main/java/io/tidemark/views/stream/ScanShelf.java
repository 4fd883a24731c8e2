package io.tidemark.views.stream;

import io.tidemark.views.cube.ByteWriter;
import io.tidemark.views.store.FileKey;
import io.tidemark.views.stream.FileWord.Change;
import io.tidemark.views.stream.FileWord.Terms;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What a scan task keeps of one table: the ledger of its files, the terms they are read under, and files that it waits for. */
final class ScanShelf {
    private static final int LEDGER = 'L';
    private static final int TERMS = 'T';
    private static final int WAITING = 'W';
    private static final byte[] NOTHING = {};
    /** A file that waits is read under the newest terms when its own are older than so many. */
    private static final int TERMS_KEPT = 16;

    private final Shelf shelf;

    ScanShelf(KeyValueStore<Bytes, byte[]> store, TableRef table) {
        shelf = new Shelf(store, table);
    }

    /** The files that wait, of all tables of a task. */
    static void forEachWaiting(KeyValueStore<Bytes, byte[]> store, Consumer<Change> visitor) {
        Bytes from = Bytes.wrap(new byte[] {WAITING});
        Bytes to = Bytes.wrap(new byte[] {WAITING + 1});
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, to)) {
            while (entries.hasNext()) {
                byte[] value = entries.next().value;
                if (FileWordCodec.decode(value) instanceof Change change) {
                    visitor.accept(change);
                }
            }
        }
    }

    void setTerms(Terms terms) {
        shelf.put(TERMS, number(terms.number()), FileWordCodec.encode(terms));
        shelf.delete(TERMS, number(terms.number() - TERMS_KEPT));
    }

    /** Those with a number, or the newest ones if they are gone; null if there are none. */
    Terms terms(int number) {
        byte[] stored = shelf.get(TERMS, number(number));
        if (stored == null) {
            byte[][] newest = new byte[1][];
            shelf.forEach(TERMS, NOTHING, (key, value) -> newest[0] = value);
            stored = newest[0];
        }
        return stored == null ? null : (Terms) FileWordCodec.decode(stored);
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    /** What was counted of a file, in parts; none if it is not in the ledger. */
    List<byte[]> counted(FileKey file) {
        List<byte[]> chunks = new ArrayList<>();
        shelf.forEach(LEDGER, file.bytes(), (key, value) -> chunks.add(value));
        return chunks;
    }

    /** As {@link #counted}, in a store that somebody else may be writing to: the parts may be of a file that is being written. */
    static List<byte[]> counted(ReadOnlyKeyValueStore<Bytes, byte[]> store, TableRef table, FileKey file) {
        List<byte[]> chunks = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries =
                store.prefixScan(Shelf.key(table, LEDGER, file.bytes()), new BytesSerializer())) {
            entries.forEachRemaining(entry -> chunks.add(entry.value));
        }
        return chunks;
    }

    void setCounted(FileKey file, List<byte[]> chunks) {
        for (int i = 0; i < chunks.size(); i++) {
            shelf.put(LEDGER, chunk(file, i), chunks.get(i));
        }
    }

    void deleteCounted(FileKey file, int chunks) {
        for (int i = 0; i < chunks; i++) {
            shelf.delete(LEDGER, chunk(file, i));
        }
    }

    private static byte[] chunk(FileKey file, int number) {
        byte[] key = file.bytes();
        return new ByteWriter()
                .writeRaw(key, 0, key.length)
                .writeRaw(number(number), 0, Integer.BYTES)
                .toBytes();
    }

    /** The change that could not be answered yet, or null. */
    Change waiting(FileKey file) {
        byte[] stored = shelf.get(WAITING, file.bytes());
        return stored == null ? null : (Change) FileWordCodec.decode(stored);
    }

    void setWaiting(Change change) {
        shelf.put(WAITING, change.file().bytes(), FileWordCodec.encode(change));
    }

    void deleteWaiting(FileKey file) {
        shelf.delete(WAITING, file.bytes());
    }

    /** Forgets the table. */
    void clear() {
        for (int kind : new int[] {LEDGER, TERMS, WAITING}) {
            shelf.deleteAll(kind, NOTHING);
        }
    }
}
