package io.tidemark.views.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history as entries of {@link Family#META}, one a version, written in the batch of the step that they are of. There, and not
 * in a family of their own, so that a Tidemark that knows nothing of them still opens the state, and this one a state without
 * them.
 */
final class CommitTable {
    private static final Logger LOG = LoggerFactory.getLogger(CommitTable.class);
    private static final byte[] PREFIX = "commit:".getBytes(StandardCharsets.UTF_8);

    private CommitTable() {}

    /** What is kept; an entry that cannot be read is left out: no count hangs on it. */
    static CommitHistory load(Database database) {
        List<CommitEntry> entries = new ArrayList<>();
        database.forEach(Family.META, (key, value) -> {
            if (isEntry(key)) {
                try {
                    entries.add(CommitEntryCodec.decode(value));
                } catch (IllegalArgumentException e) {
                    LOG.warn("An entry of the commits' history cannot be read and is left out: {}", e.getMessage());
                }
            }
        });
        entries.sort((a, b) -> Long.compare(b.note().version(), a.note().version()));
        return new CommitHistory(entries);
    }

    private static boolean isEntry(byte[] key) {
        return key.length == PREFIX.length + Long.BYTES
                && Arrays.equals(key, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
    }

    /**
     * Makes one history of another.
     *
     * @param added newest first
     * @param after what is kept of both; of {@code before} nothing but what is older than {@code added}
     * @param anew nothing of {@code before} is kept
     */
    static void write(Batch batch, CommitHistory before, List<CommitEntry> added, CommitHistory after, boolean anew) {
        after.since(before, added, anew, new CommitHistory.Changes() {
            @Override
            public void put(CommitEntry entry) {
                batch.put(Family.META, key(entry), CommitEntryCodec.encode(entry));
            }

            @Override
            public void delete(CommitEntry entry) {
                batch.delete(Family.META, key(entry));
            }
        });
    }

    private static byte[] key(CommitEntry entry) {
        return ByteBuffer.allocate(PREFIX.length + Long.BYTES)
                .put(PREFIX)
                .putLong(entry.note().version())
                .array();
    }
}
