package io.tidemark.ingest.tail;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.DeltaLog;
import io.tidemark.ingest.log.FileId;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.log.TableProtocol;
import io.tidemark.ingest.log.TableSnapshot;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/** A log in memory that writes down every request. What was cleaned up is still in its snapshots. */
final class FakeDeltaLog implements DeltaLog {
    static final TableProtocol PLAIN = new TableProtocol(1, Set.of());
    static final Optional<TableProtocol> FOREIGN = Optional.of(new TableProtocol(3, Set.of("deletionVectors", "foo")));

    final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private final Map<Long, Commit> stored = new ConcurrentSkipListMap<>();
    private final TreeMap<Long, Commit> history = new TreeMap<>();
    private final Map<Long, RuntimeException> corrupt = new ConcurrentSkipListMap<>();
    private RuntimeException snapshotFailure;

    static TableMetadata metadata(String id) {
        Column column = new Column("channel", "channel", OptionalInt.empty(), ColumnType.STRING, "string");
        return new TableMetadata(id, "{}", List.of(column), List.of(), Map.of(), false);
    }

    static DataFile file(String path) {
        return new DataFile(path, Optional.empty(), Map.of(), 100, Optional.empty());
    }

    /** A new table: version 0, without files. */
    FakeDeltaLog create(String id) {
        return put(0, Optional.of(metadata(id)), Optional.of(PLAIN), "v0 of " + id, List.of(), List.of());
    }

    /** Appends a commit that adds files. */
    FakeDeltaLog add(String... paths) {
        return change(List.of(paths), List.of());
    }

    /** Appends a commit that removes files. */
    FakeDeltaLog remove(String... paths) {
        return change(List.of(), List.of(paths));
    }

    FakeDeltaLog change(List<String> adds, List<String> removes) {
        return append(Optional.empty(), Optional.empty(), adds, removes);
    }

    FakeDeltaLog append(
            Optional<TableMetadata> metadata,
            Optional<TableProtocol> protocol,
            List<String> adds,
            List<String> removes) {
        long version = history.lastKey() + 1;
        return put(version, metadata, protocol, "v" + version, adds, removes);
    }

    private FakeDeltaLog put(
            long version,
            Optional<TableMetadata> metadata,
            Optional<TableProtocol> protocol,
            String fingerprint,
            List<String> adds,
            List<String> removes) {
        Commit commit = new Commit(
                version,
                Instant.ofEpochSecond(version),
                fingerprint,
                adds.stream().map(FakeDeltaLog::file).toList(),
                removes.stream().map(path -> file(path).id()).toList(),
                metadata,
                protocol,
                Optional.empty(),
                0);
        stored.put(version, commit);
        history.put(version, commit);
        return this;
    }

    /** Other content under a version that is there, written by another history. */
    void rewrite(long version, String... adds) {
        put(version, Optional.empty(), Optional.empty(), "v" + version + " rewritten", List.of(adds), List.of());
    }

    /** The log's own clean-up, or a listing that lags: the object is gone; snapshots still know it. */
    Commit cleanUp(long version) {
        return stored.remove(version);
    }

    void bringBack(Commit commit) {
        stored.put(commit.version(), commit);
    }

    /** As if nothing after a version had ever been. */
    void rollBackTo(long version) {
        stored.keySet().removeIf(v -> v > version);
        history.tailMap(version, false).clear();
    }

    void drop() {
        stored.clear();
        history.clear();
    }

    void corrupt(long version, RuntimeException failure) {
        corrupt.put(version, failure);
    }

    void mend(long version) {
        corrupt.remove(version);
    }

    void failSnapshots(RuntimeException failure) {
        snapshotFailure = failure;
    }

    List<String> takeRequests() {
        List<String> taken = List.copyOf(requests);
        requests.clear();
        return taken;
    }

    @Override
    public Optional<Commit> commit(long version) {
        requests.add("commit " + version);
        if (corrupt.containsKey(version)) {
            throw corrupt.get(version);
        }
        return Optional.ofNullable(stored.get(version));
    }

    @Override
    public Optional<String> fingerprint(long version) {
        requests.add("fingerprint " + version);
        return Optional.ofNullable(stored.get(version)).map(Commit::fingerprint);
    }

    @Override
    public OptionalLong latestVersion(long knownVersion) {
        requests.add("latest " + knownVersion);
        return history.isEmpty() ? OptionalLong.empty() : OptionalLong.of(history.lastKey());
    }

    @Override
    public boolean hasGapAt(long missingVersion) {
        requests.add("gap " + missingVersion);
        return !stored.containsKey(missingVersion) && history.higherKey(missingVersion) != null;
    }

    @Override
    public String describeAbsence() {
        requests.add("absence");
        return "nothing is there yet";
    }

    @Override
    public Optional<TableSnapshot> latestSnapshot() {
        requests.add("snapshot");
        if (snapshotFailure != null) {
            throw snapshotFailure;
        }
        return history.isEmpty() ? Optional.empty() : Optional.of(snapshot(history.lastKey()));
    }

    @Override
    public TableSnapshot snapshot(long version) {
        Map<FileId, DataFile> live = new LinkedHashMap<>();
        TableMetadata metadata = null;
        TableProtocol protocol = null;
        for (Commit commit : history.headMap(version, true).values()) {
            commit.removes().forEach(live::remove);
            commit.adds().forEach(file -> live.put(file.id(), file));
            metadata = commit.metadata().orElse(metadata);
            protocol = commit.protocol().orElse(protocol);
        }
        if (metadata == null || protocol == null) {
            throw new TableException("No metadata up to version " + version);
        }
        Optional<Commit> last = Optional.ofNullable(stored.get(version));
        return new FakeSnapshot(
                version, last.map(Commit::fingerprint).orElse(""), metadata, protocol, List.copyOf(live.values()));
    }

    private record FakeSnapshot(
            long version, String fingerprint, TableMetadata metadata, TableProtocol protocol, List<DataFile> live)
            implements TableSnapshot {
        @Override
        public Instant committedAt() {
            return Instant.ofEpochSecond(version);
        }

        @Override
        public Iterator<DataFile> files() {
            return live.iterator();
        }

        @Override
        public void close() {}
    }
}
