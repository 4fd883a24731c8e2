package io.tidemark.web.engine;

import io.tidemark.ingest.files.StoreRequests;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.DeltaTableLog;
import io.tidemark.ingest.scan.ParquetRowScanner;
import io.tidemark.ingest.scan.ScanLimits;
import io.tidemark.ingest.tail.TailState;
import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.quality.FindingBoard;
import io.tidemark.views.quality.Notes;
import io.tidemark.views.quality.QualityWatch;
import io.tidemark.views.query.TableQueries;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.NativeMemory;
import io.tidemark.views.store.StateHistory;
import io.tidemark.views.store.StepEffect;
import io.tidemark.views.store.ViewState;
import io.tidemark.views.store.ViewStore;
import io.tidemark.views.stream.Cluster;
import io.tidemark.views.stream.FileOwners;
import io.tidemark.views.stream.InstanceStatistics;
import io.tidemark.views.stream.Replica;
import io.tidemark.views.stream.ReplicaListener;
import io.tidemark.views.stream.TableEntry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One table, followed by a cluster of which this process is an instance: what is served here is this instance's replica. Counts of
 * files and rows are of what this instance has scanned; those of steps, of what the replica was told.
 */
public final class KafkaEngine implements SharedTable, AutoCloseable {
    private final Cluster cluster;
    private final Replica replica;
    private final TableFiles files;
    private final Path folder;
    private final TableQueries queries;
    private final InstanceStatistics.OfTable statistics;
    private final FindingBoard findings = new FindingBoard();
    private final QualityWatch quality;
    private final LastError lastError = new LastError();
    private final AtomicLong steps = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private final List<TableListener> listeners = new CopyOnWriteArrayList<>();
    private volatile TailStatus status;

    /**
     * @param cluster that follows the table
     * @param replica of it, to be filled from now on
     * @param files of the table; closed with this
     * @param scanned the same files, as they are read for queries; closed by nobody
     * @param folder of this table's own
     */
    public KafkaEngine(Cluster cluster, Replica replica, TableFiles files, TableFiles scanned, Path folder) {
        this.cluster = cluster;
        this.folder = folder;
        this.replica = replica;
        this.files = files;
        this.statistics = cluster.statistics().of(name());
        this.status = replica.status();
        // With a log, scanners and buffers of its own: whatever is asked, the tail does not wait for it.
        this.queries = new TableQueries(
                spec(),
                store(),
                new DeltaTableLog(scanned),
                new ParquetRowScanner(scanned, ScanLimits.standard()),
                cluster.ledger(replica.entry()));
        this.quality = new QualityWatch(spec(), findings, Notes.in(store()), Clock.systemUTC());
        replica.listen(new ReplicaListener() {
            @Override
            public void onStep(Applied step) {
                stepped(step);
            }

            @Override
            public void onStatus(TailStatus now) {
                statusChanged(now);
            }
        });
    }

    private ViewStore store() {
        return replica.store();
    }

    private void stepped(Applied step) {
        queries.stepped(step);
        quality.onStep(step);
        if (!step.newEpoch()) {
            steps.incrementAndGet();
            commits.addAndGet(commitsOfNewestStep());
        }
        listeners.forEach(listener -> listener.onStep(step));
    }

    /** Those that were applied one by one or in groups. */
    private long commitsOfNewestStep() {
        return history()
                .flatMap(history -> history.commits().entries().stream().findFirst())
                .map(newest -> newest.step())
                .filter(step -> step.kind() != StepEffect.Kind.SNAPSHOT)
                .map(step -> step.to() - step.from() + 1)
                .orElse(0L);
    }

    private void statusChanged(TailStatus now) {
        TailStatus before = status;
        status = now;
        if (now.state() != before.state() || !now.reason().equals(before.reason())) {
            lastError.note(now);
            Transition.log(name(), before, now);
        }
        listeners.forEach(listener -> listener.onStatus(now));
        if (now.state() == TailState.LIVE) {
            now.currentAt().ifPresent(quality::idle);
        }
    }

    @Override
    public String name() {
        return replica.entry().ref().name();
    }

    @Override
    public String uri() {
        return replica.entry().uri();
    }

    @Override
    public String engine() {
        return "kafka";
    }

    @Override
    public FileOwners owners() {
        return cluster.owners();
    }

    @Override
    public CubeSpec spec() {
        return replica.entry().spec();
    }

    @Override
    public Optional<ViewState> state() {
        return store().state();
    }

    @Override
    public Optional<StateHistory> history() {
        return store().history();
    }

    @Override
    public Optional<TableQueries> queries() {
        return Optional.of(queries);
    }

    @Override
    public TailStatus status() {
        return status;
    }

    @Override
    public Progress progress() {
        return Progress.NONE;
    }

    @Override
    public Activity activity() {
        return new Activity(
                steps.get(),
                commits.get(),
                statistics.filesScanned(),
                statistics.rowsScanned(),
                0,
                statistics.scanNanos(),
                0,
                0,
                0,
                lastError.message(),
                lastError.at());
    }

    @Override
    public FindingBoard findings() {
        return findings;
    }

    @Override
    public HeapUse heap() {
        return new HeapUse(store().heapBytes(), store().mostHeapBytes());
    }

    @Override
    public Optional<StoreRequests> storeRequests() {
        return files.storeRequests();
    }

    /** Where the cluster follows the table is another question: another instance may. */
    @Override
    public boolean isLost() {
        return replica.isLost();
    }

    @Override
    public Optional<Path> folder() {
        return Optional.of(folder);
    }

    @Override
    public NativeMemory nativeMemory() {
        return store().nativeMemory();
    }

    @Override
    public long storeBytes() {
        return store().bytes();
    }

    @Override
    public void listen(TableListener listener) {
        listeners.add(listener);
    }

    /** What the registry says of it. */
    public TableEntry entry() {
        return replica.entry();
    }

    /** Begins to fill its replica, if the cluster was started before it. */
    public void fill() {
        cluster.fill(replica);
    }

    /** Closes it, and its replica, while the cluster goes on. */
    public void leave() {
        cluster.drop(replica);
        close();
    }

    /** Closes what queries read; the replica is the cluster's to close. */
    @Override
    public void close() {
        files.close();
    }
}
