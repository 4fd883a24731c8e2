package io.tidemark.ingest.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gathers the actions of one commit, and refuses a set of changes that the protocol calls illegal.
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#action-reconciliation">Delta protocol</a>
 */
final class CommitBuilder {
    /** Bytes of an action's objects beside its texts, and of an entry of a map. */
    private static final int OBJECTS = 300;

    private static final int ENTRY = 120;

    private final long maxMemory;
    private long memory;
    private final Map<String, DataFile> adds = new LinkedHashMap<>();
    private final Set<FileId> removes = new LinkedHashSet<>();
    private Optional<TableMetadata> metadata = Optional.empty();
    private Optional<TableProtocol> protocol = Optional.empty();
    private Optional<CommitInfo> info = Optional.empty();
    private Optional<Instant> inCommitTimestamp = Optional.empty();
    private long addedBytes;
    private int unknownActions;
    private int actions;
    private boolean infoIsLast;
    private boolean blindAppend;
    private boolean changesData;

    /** @param maxMemory of all actions, in bytes */
    CommitBuilder(long maxMemory) {
        this.maxMemory = maxMemory;
    }

    void add(DataFile file) {
        count();
        occupy(memoryOf(file));
        DataFile before = adds.putIfAbsent(file.path(), file);
        if (before != null) {
            throw new TableException("File '" + file.path() + "' is added twice in one commit"
                    + (before.id().equals(file.id()) ? "" : ", with different deletion vectors")
                    + "; the protocol forbids it, and counting it would be a guess.");
        }
        addedBytes += file.size();
    }

    /** The same remove twice says the same. */
    void remove(FileId file) {
        count();
        occupy(OBJECTS + textOf(file.path()) + textOf(file.deletionVectorId().orElse("")));
        removes.add(file);
    }

    /** Some file change is not said to only rearrange rows. */
    void changesData() {
        changesData = true;
    }

    void metadata(TableMetadata changed) {
        count();
        if (metadata.isPresent()) {
            throw new TableException("A second metaData action in one commit; the protocol allows one.");
        }
        metadata = Optional.of(changed);
    }

    void protocol(TableProtocol changed) {
        count();
        if (protocol.isPresent()) {
            throw new TableException("A second protocol action in one commit; the protocol allows one.");
        }
        protocol = Optional.of(changed);
    }

    void info(CommitInfo said, Optional<Instant> timestamp, boolean appends) {
        count();
        blindAppend = appends;
        info = Optional.of(said);
        inCommitTimestamp = timestamp.or(() -> inCommitTimestamp);
        infoIsLast = true;
    }

    /** An action that changes no file and no schema. */
    void ignored() {
        count();
    }

    void unknown() {
        count();
        unknownActions++;
    }

    private static long memoryOf(DataFile file) {
        long bytes = OBJECTS + textOf(file.path()) + textOf(file.stats().orElse(""));
        for (Map.Entry<String, String> value : file.partitionValues().entrySet()) {
            bytes += ENTRY + textOf(value.getKey()) + textOf(value.getValue() == null ? "" : value.getValue());
        }
        return bytes
                + file.deletionVector()
                        .map(dv -> OBJECTS + textOf(dv.pathOrInlineDv()))
                        .orElse(0L);
    }

    /** As Latin text takes; what takes two bytes a character here took two or three in the commit. */
    private static long textOf(String text) {
        return text.length();
    }

    private void occupy(long bytes) {
        memory += bytes;
        if (memory > maxMemory) {
            throw new TableException(
                    "The commit's " + (adds.size() + removes.size()) + " actions so far take more than "
                            + (maxMemory >> 20) + " MB of memory; give the service more (-Xmx).");
        }
    }

    private void count() {
        actions++;
        infoIsLast = false;
    }

    /**
     * @param modified when the commit's object was written; counts where the commit has no timestamp of its own
     * @throws TableException if a logical file is both added and removed
     */
    Commit build(long version, Instant modified, String fingerprint) {
        for (DataFile file : adds.values()) {
            if (removes.contains(file.id())) {
                throw new TableException(
                        "File '" + file.id()
                                + "' is added and removed in one commit; the protocol forbids it, and counting it would be a guess.");
            }
        }
        return new Commit(
                version,
                inCommitTimestamp.orElse(modified),
                fingerprint,
                new ArrayList<>(adds.values()),
                new ArrayList<>(removes),
                metadata,
                protocol,
                info,
                unknownActions,
                !changesData && !(adds.isEmpty() && removes.isEmpty()));
    }

    CommitShape shape(boolean ended) {
        return new CommitShape(actions, infoIsLast, blindAppend, addedBytes, ended);
    }
}
