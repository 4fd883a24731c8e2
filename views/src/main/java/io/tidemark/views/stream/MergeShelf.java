package io.tidemark.views.stream;

import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.cube.ByteReader;
import io.tidemark.views.cube.ByteWriter;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.cube.DictionaryCodec;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.cube.HourBlockCodec;
import io.tidemark.views.store.CommitEntry;
import io.tidemark.views.store.CommitEntryCodec;
import io.tidemark.views.store.CommitHistory;
import io.tidemark.views.store.MetadataCodec;
import io.tidemark.views.store.StateRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** What the merge keeps of one table's views: the state after the last step that was taken. */
final class MergeShelf {
    private static final int HOUR = 'H';
    private static final int WORD = 'W';
    private static final int DISTINCT = 'D';
    private static final int RECORD = 'R';
    private static final int METADATA = 'M';
    private static final int COMMIT = 'C';
    private static final int TAKEN = 'N';
    private static final byte[] NOTHING = {};
    private static final int HASH_BYTES = 12;

    private final Shelf shelf;

    MergeShelf(KeyValueStore<Bytes, byte[]> store, TableRef table) {
        shelf = new Shelf(store, table);
    }

    /** Number of the last step that was taken; -1 before the first. */
    long taken() {
        byte[] stored = shelf.get(TAKEN, NOTHING);
        return stored == null ? -1 : new ByteReader(stored).readCount();
    }

    void setTaken(long step) {
        shelf.put(TAKEN, NOTHING, new ByteWriter().writeUnsigned(step).toBytes());
    }

    Optional<StateRecord> record() {
        return Optional.ofNullable(shelf.get(RECORD, NOTHING)).map(StateRecord::decode);
    }

    void setRecord(StateRecord record) {
        shelf.put(RECORD, NOTHING, record.encode());
    }

    Optional<TableMetadata> metadata() {
        return Optional.ofNullable(shelf.get(METADATA, NOTHING))
                .map(stored -> MetadataCodec.decode(stored, TableMetadata::parse));
    }

    void setMetadata(TableMetadata metadata) {
        shelf.put(METADATA, NOTHING, MetadataCodec.encode(metadata));
    }

    Optional<HourBlock> hour(long hour) {
        return Optional.ofNullable(shelf.get(HOUR, number(hour))).map(HourBlockCodec::decode);
    }

    /** @param block encoded; null: there are no rows of the hour any more */
    void setHour(long hour, byte[] block) {
        if (block == null) {
            shelf.delete(HOUR, number(hour));
        } else {
            shelf.put(HOUR, number(hour), block);
        }
    }

    /** By how many live files a distinct value is held. */
    long files(long high, long low) {
        byte[] stored = shelf.get(DISTINCT, hash(high, low));
        return stored == null ? 0 : new ByteReader(stored).readCount();
    }

    void setFiles(long high, long low, long files) {
        if (files == 0) {
            shelf.delete(DISTINCT, hash(high, low));
        } else {
            shelf.put(
                    DISTINCT,
                    hash(high, low),
                    new ByteWriter().writeUnsigned(files).toBytes());
        }
    }

    /** The dictionary as it was left. */
    Dictionary dictionary(int dimensions) {
        Dictionary dictionary = new Dictionary(dimensions);
        // Values first: combinations speak of them.
        shelf.forEach(WORD, NOTHING, (key, value) -> load(dictionary, key, value, false));
        shelf.forEach(WORD, NOTHING, (key, value) -> load(dictionary, key, value, true));
        return dictionary;
    }

    private static void load(Dictionary dictionary, byte[] key, byte[] value, boolean combinations) {
        ByteBuffer parts = ByteBuffer.wrap(key);
        int dimension = parts.getInt();
        if ((dimension == DictionaryCodec.COMBINATION) == combinations) {
            DictionaryCodec.add(dictionary, dimension, parts.getInt(), value);
        }
    }

    void addWord(int dimension, int number, byte[] value) {
        byte[] key = ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(dimension)
                .putInt(number)
                .array();
        shelf.put(WORD, key, value);
    }

    CommitHistory commits() {
        List<CommitEntry> entries = new ArrayList<>();
        shelf.forEach(COMMIT, NOTHING, (key, value) -> entries.add(CommitEntryCodec.decode(value)));
        entries.sort((a, b) -> Long.compare(b.note().version(), a.note().version()));
        return new CommitHistory(entries);
    }

    void setCommit(long version, byte[] entry) {
        if (entry == null) {
            shelf.delete(COMMIT, number(version));
        } else {
            shelf.put(COMMIT, number(version), entry);
        }
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static byte[] hash(long high, long low) {
        return ByteBuffer.allocate(HASH_BYTES)
                .putLong(high)
                .putInt((int) (low >>> Integer.SIZE))
                .array();
    }

    /** Forgets the table. */
    void clear() {
        for (int kind : new int[] {HOUR, WORD, DISTINCT, RECORD, METADATA, COMMIT, TAKEN}) {
            shelf.deleteAll(kind, NOTHING);
        }
    }
}
