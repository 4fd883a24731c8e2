package io.tidemark.views.stream;

import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.tail.TailState;
import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.cube.HourBlockCodec;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.CommitEntry;
import io.tidemark.views.store.CommitEntryCodec;
import io.tidemark.views.store.CommitHistory;
import io.tidemark.views.store.FileKey;
import io.tidemark.views.store.MetadataCodec;
import io.tidemark.views.store.StateRecord;
import io.tidemark.views.store.ToldStep;
import io.tidemark.views.store.ToldSteps;
import io.tidemark.views.store.TooLargeException;
import io.tidemark.views.store.ViewState;
import io.tidemark.views.store.ViewStore;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this instance holds of one table: everything that answers are made of, as the cluster has said it. Shows a version when its
 * record comes, and nothing of it before.
 *
 * <p>Told by one thread; {@link #store} is for any.
 */
public final class Replica implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);
    /** Files of a first version beyond these go to the disk before it is shown. */
    private static final int FILES_IN_MEMORY = 20_000;

    private final TableEntry entry;
    private final ViewStore store;
    private final ToldSteps steps;
    private final ReplicaStatus status;
    private final List<ReplicaListener> listeners = new CopyOnWriteArrayList<>();

    private final TreeMap<Long, Optional<HourBlock>> hours = new TreeMap<>();
    private final Map<FileKey, Optional<byte[]>> files = new HashMap<>();
    private final TreeMap<Long, CommitEntry> commits = new TreeMap<>(Comparator.reverseOrder());
    private TableMetadata metadata;
    private StateRecord version; // null: none came, or one that was taken
    /** True if something came that the next version record is of. */
    private boolean open;
    /** False until all was read that was there when reading began: till then, much of what comes is history. */
    private boolean current;

    private volatile boolean lost;

    private volatile TailStatus told = new TailStatus(TailState.WAITING, Optional.empty(), -1, Optional.empty());

    /**
     * @param directory for this replica alone; what is in it from before is deleted
     * @throws io.tidemark.views.store.StateException if it cannot be used
     */
    Replica(TableEntry entry, Path directory, long nowNanos) {
        this.entry = entry;
        this.store = ViewStore.openReplica(directory, entry.spec(), entry.uri());
        this.steps = new ToldSteps(store);
        this.status = new ReplicaStatus(entry.uri(), nowNanos);
    }

    public TableEntry entry() {
        return entry;
    }

    /** What is shown, to be read only. */
    public ViewStore store() {
        return store;
    }

    /** The newest status. For any thread. */
    public TailStatus status() {
        return told;
    }

    /** Add listeners before the cluster is started. */
    public void listen(ReplicaListener listener) {
        listeners.add(listener);
    }

    /**
     * Takes a record of the topic {@code cube} that is about this table.
     *
     * @throws RecordFormatException if it is of a layout that is not known here; what is shown stays
     */
    void hear(CubeKey key, byte[] value, long nowNanos) {
        try {
            take(key, value, nowNanos);
        } catch (IllegalArgumentException e) {
            throw new RecordFormatException(
                    "A record of the views (" + key.kind() + ") is not understood: " + e.getMessage()
                            + ". Run the version of Tidemark that the cluster's other instances run.",
                    e);
        }
    }

    private void take(CubeKey key, byte[] value, long nowNanos) {
        Optional<byte[]> now = Optional.ofNullable(value);
        switch (key.kind()) {
            case HOUR -> {
                open = true;
                hours.put(key.first(), now.map(HourBlockCodec::decode));
            }
            case WORD -> now.ifPresent(word -> steps.learn((int) key.first(), (int) key.second(), word));
            case FILE -> {
                open = true;
                files.put(new FileKey(key.first(), key.second()), now);
                stage();
            }
            case COMMIT -> {
                open = true;
                now.map(CommitEntryCodec::decode)
                        .ifPresentOrElse(commit -> commits.put(key.first(), commit), () -> commits.remove(key.first()));
            }
            case METADATA -> {
                open = true;
                metadata = now.map(known -> MetadataCodec.decode(known, TableMetadata::parse))
                        .orElse(null);
            }
            case VERSION -> {
                open = false;
                // A step was taken; why the next cannot be is said after it.
                status.halted(Optional.empty());
                version = now.map(StateRecord::decode).orElse(null);
                show(nowNanos);
            }
            case STATUS ->
                now.ifPresent(report -> status.heard(Report.decode(report).status(), nowNanos));
            case HALT -> status.halted(now.map(Halt::decode));
        }
    }

    private void stage() {
        if (files.size() >= FILES_IN_MEMORY && store.state().isEmpty()) {
            steps.stage(files);
            files.clear();
        }
    }

    /** Says whether all has come that was there a moment ago, so that what comes next is news. */
    void setCurrent(boolean now, long nowNanos) {
        current = now;
        if (!open) {
            show(nowNanos);
        }
    }

    private void show(long nowNanos) {
        if (!current || version == null) {
            return;
        }
        if (metadata == null) {
            LOG.warn(
                    "[{}] Version {} came without metadata",
                    entry.ref().name(),
                    version.position().version());
            return;
        }
        ToldStep step = new ToldStep(version, metadata, hours, files, new CommitHistory(List.copyOf(commits.values())));
        try {
            Optional<Applied> shown = steps.take(step);
            if (shown.isEmpty()) {
                LOG.warn(
                        "[{}] Version {} is passed by: some of it was compacted away",
                        entry.ref().name(),
                        version.position().version());
                return;
            }
            hours.clear();
            files.clear();
            version = null;
            status.troubled(Optional.empty());
            listeners.forEach(listener -> quietly(() -> listener.onStep(shown.get())));
        } catch (TooLargeException e) {
            status.troubled(Optional.of("[" + entry.uri() + "] " + e.getMessage()));
        }
        tick(nowNanos);
    }

    /** Tells the status if it is another one. */
    void tick(long nowNanos) {
        long shown = store.state().map(ViewState::version).orElse(-1L);
        TailStatus now = status.at(shown, nowNanos);
        if (!now.equals(told)) {
            told = now;
            listeners.forEach(listener -> quietly(() -> listener.onStatus(now)));
        }
    }

    /** @param mendable true if another start of the process may help */
    void ended(boolean mendable) {
        lost = mendable;
    }

    /** True if nothing feeds this replica any more, and another start of the process may help. For any thread. */
    public boolean isLost() {
        return lost;
    }

    /** Says what is wrong with this replica, which stays as it is. */
    void troubled(String what, long nowNanos) {
        status.troubled(Optional.of(what));
        tick(nowNanos);
    }

    private static void quietly(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.warn("A listener to a replica failed; the views are not affected", e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
