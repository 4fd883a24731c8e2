package io.tidemark.views.store;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.cube.Contribution;
import io.tidemark.views.cube.ContributionCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one step changes in the ledger. New entries are kept until there are too many of them, and then written ahead; the step
 * knows them by its own number.
 */
final class LedgerStep {
    private static final int RECLAIMED_AT_ONCE = 50_000;

    /** A file's values in the ledger and in the list of files. */
    private record Entry(byte[] contribution, byte[] file) {
        static Entry of(DataFile file, Contribution contribution) {
            return new Entry(
                    ContributionCodec.encode(contribution), LiveFileCodec.encode(LiveFile.of(file, contribution)));
        }

        void write(Batch batch, FileKey key) {
            batch.put(Family.LEDGER, key.bytes(), contribution);
            batch.put(Family.FILES, key.bytes(), file);
        }

        int bytes() {
            return contribution.length + file.length + 2 * FileKey.BYTES;
        }
    }

    private final ViewStore store;
    private final Ledger ledger;
    private final byte[] step;
    private final TableMetadata under;
    private final Map<FileKey, Entry> added = new HashMap<>();
    private long addedBytes;
    /** Added, after what was live under the same key was removed: its entry is not to be touched before the end. */
    private final Map<FileKey, Entry> replaced = new HashMap<>();
    /** Entries left over by another step, that are this step's from the next write on. */
    private final Set<FileKey> reclaimed = new HashSet<>();

    private final HashCounts removed = new HashCounts();

    /** @param step its number, which no other step has */
    LedgerStep(ViewStore store, Ledger ledger, long step, TableMetadata under) {
        this.under = under;
        this.step = ByteBuffer.allocate(Long.BYTES).putLong(step).array();
        this.store = store;
        this.ledger = ledger;
    }

    boolean isAdded(FileKey file) {
        return added.containsKey(file)
                || replaced.containsKey(file)
                || reclaimed.contains(file)
                || ledger.isAheadOf(file, step);
    }

    boolean isRemoved(FileKey file) {
        return removed.get(file.high(), file.low()) != 0;
    }

    void add(FileKey key, DataFile file, Contribution contribution) {
        Entry entry = Entry.of(file, contribution);
        if (isRemoved(key)) {
            removed.add(key.high(), key.low(), -1);
            replaced.put(key, entry);
            return;
        }
        added.put(key, entry);
        addedBytes += entry.bytes();
        if (addedBytes > store.settings().writeAheadBytes()) {
            writeAhead();
        }
    }

    void reclaim(FileKey file) {
        reclaimed.add(file);
        if (reclaimed.size() >= RECLAIMED_AT_ONCE) {
            writeAhead();
        }
    }

    void remove(FileKey file) {
        removed.add(file.high(), file.low(), 1);
    }

    /** Entries, that they are not live, and the words that they are written in: all or none of it. */
    private void writeAhead() {
        ledger.setAhead(true);
        try (Batch batch = store.newBatch()) {
            CountedUnder.note(under, batch);
            added.forEach((file, entry) -> {
                entry.write(batch, file);
                batch.put(Family.AHEAD, file.bytes(), step);
            });
            reclaimed.forEach(file -> batch.put(Family.AHEAD, file.bytes(), step));
            store.write(batch);
            KillPoint.AHEAD.pass();
        }
        added.clear();
        addedBytes = 0;
        reclaimed.clear();
    }

    /** Deletes what other steps left over, if its files were read as those of another table or under another schema. */
    void discardUnlessCountedUnderTheSame() {
        if (ledger.hasAhead() && !CountedUnder.isOfEntriesIn(store.database(), under)) {
            discard();
        }
    }

    /** Deletes all that was written ahead, by this step or another, and forgets what was not. */
    void discard() {
        added.clear();
        replaced.clear();
        reclaimed.clear();
        List<byte[]> files = new ArrayList<>();
        store.database().forEach(Family.AHEAD, (file, of) -> {
            files.add(file);
            if (files.size() >= RECLAIMED_AT_ONCE) {
                delete(files);
            }
        });
        delete(files);
        ledger.setAhead(false);
    }

    /** Deletes what other steps left over, in pieces: it was never live. */
    void deleteLeftOvers() {
        if (!ledger.hasAhead()) {
            return;
        }
        if (!reclaimed.isEmpty()) {
            writeAhead();
        }
        List<byte[]> leftOver = new ArrayList<>();
        store.database().forEach(Family.AHEAD, (file, of) -> {
            if (!Arrays.equals(of, step)) {
                leftOver.add(file);
            }
            if (leftOver.size() >= RECLAIMED_AT_ONCE) {
                delete(leftOver);
            }
        });
        delete(leftOver);
    }

    private void delete(List<byte[]> leftOver) {
        try (Batch batch = store.newBatch()) {
            leftOver.forEach(file -> {
                delete(batch, file);
                batch.delete(Family.AHEAD, file);
            });
            store.write(batch);
        }
        leftOver.clear();
    }

    /** Writes the rest, and makes live what was written ahead. */
    void write(Batch batch) {
        added.forEach((file, entry) -> entry.write(batch, file));
        replaced.forEach((file, entry) -> entry.write(batch, file));
        removed.forEachSorted((high, low, n) -> delete(batch, new FileKey(high, low).bytes()));
        if (ledger.hasAhead()) {
            batch.deleteAll(Family.AHEAD);
        }
    }

    private static void delete(Batch batch, byte[] file) {
        batch.delete(Family.LEDGER, file);
        batch.delete(Family.FILES, file);
    }
}
