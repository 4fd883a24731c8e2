package io.tidemark.views.stream;

import io.tidemark.views.store.FileKey;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What the tail keeps of one table: its line of the registry, its cursor, which files are live, how far the merge is. */
final class TailShelf {
    private static final int ENTRY = 'E';
    private static final int CURSOR = 'C';
    private static final int LIVE = 'L';
    private static final int PROGRESS = 'P';
    private static final byte[] NOTHING = {};
    private static final byte[] YES = {1};

    private final Shelf shelf;
    private Cursor cursor; // null: not read yet

    TailShelf(KeyValueStore<Bytes, byte[]> store, TableRef table) {
        shelf = new Shelf(store, table);
    }

    /** Visits the lines of all tables of a task. */
    static void forEachEntry(KeyValueStore<Bytes, byte[]> store, Consumer<TableEntry> visitor) {
        Bytes from = Bytes.wrap(new byte[] {ENTRY});
        Bytes to = Bytes.wrap(new byte[] {ENTRY + 1});
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, to)) {
            while (entries.hasNext()) {
                Bytes key = entries.peekNextKey();
                byte[] value = entries.next().value;
                if (key.get()[0] == ENTRY) {
                    visitor.accept(TableEntry.decode(value));
                }
            }
        }
    }

    void setEntry(TableEntry entry) {
        shelf.put(ENTRY, NOTHING, entry.encode());
    }

    Cursor cursor() {
        if (cursor == null) {
            byte[] stored = shelf.get(CURSOR, NOTHING);
            cursor = stored == null ? Cursor.START : Cursor.decode(stored);
        }
        return cursor;
    }

    void setCursor(Cursor next) {
        cursor = next;
        shelf.put(CURSOR, NOTHING, next.encode());
    }

    boolean isLive(FileKey file) {
        return shelf.get(LIVE, file.bytes()) != null;
    }

    void setLive(FileKey file, boolean live) {
        if (live) {
            shelf.put(LIVE, file.bytes(), YES);
        } else {
            shelf.delete(LIVE, file.bytes());
        }
    }

    void forEachLive(Consumer<FileKey> visitor) {
        shelf.forEach(LIVE, NOTHING, (key, value) -> visitor.accept(FileKey.of(key)));
    }

    Optional<Progress> progress() {
        return Optional.ofNullable(shelf.get(PROGRESS, NOTHING)).map(Progress::decode);
    }

    void setProgress(byte[] progress) {
        shelf.put(PROGRESS, NOTHING, progress);
    }

    /** Forgets the table. */
    void clear() {
        cursor = null;
        for (int kind : new int[] {ENTRY, CURSOR, LIVE, PROGRESS}) {
            shelf.deleteAll(kind, NOTHING);
        }
    }
}
