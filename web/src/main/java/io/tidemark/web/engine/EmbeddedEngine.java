package io.tidemark.web.engine;

import io.tidemark.ingest.files.StoreRequests;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DeltaTableLog;
import io.tidemark.ingest.scan.ParquetRowScanner;
import io.tidemark.ingest.scan.ParquetScanner;
import io.tidemark.ingest.scan.ScanLimits;
import io.tidemark.ingest.tail.PollInterval;
import io.tidemark.ingest.tail.TailSettings;
import io.tidemark.ingest.tail.TailState;
import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.ingest.tail.TailerThread;
import io.tidemark.views.contribution.ScanningFileCounter;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.maintain.MaintainerStatistics;
import io.tidemark.views.maintain.StepListener;
import io.tidemark.views.maintain.ViewMaintainer;
import io.tidemark.views.quality.FindingBoard;
import io.tidemark.views.quality.Notes;
import io.tidemark.views.quality.QualityWatch;
import io.tidemark.views.query.TableQueries;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.NativeMemory;
import io.tidemark.views.store.StateHistory;
import io.tidemark.views.store.ViewState;
import io.tidemark.views.store.ViewStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One table, followed within this process: log, scanner, maintainer and store, put together.
 *
 * <p>What was last stored is served from {@link #open} on; new commits from {@link #start} on.
 */
public final class EmbeddedEngine implements LiveTable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedEngine.class);
    private static final TailStatus NOT_STARTED =
            new TailStatus(TailState.WAITING, Optional.empty(), -1, Optional.empty());

    private final String name;
    private final TableFiles files;
    private final CubeSpec spec;
    private final ViewStore store;
    private final Path folder;
    private final TableQueries queries;
    private final ProgressBoard progress;
    private final MaintainerStatistics statistics = new MaintainerStatistics();
    private final List<TableListener> listeners = new CopyOnWriteArrayList<>();
    private final LastError lastError = new LastError();
    private final FindingBoard findings = new FindingBoard();
    private final QualityWatch quality;
    private volatile StateHealth health;
    private volatile TailStatus status;
    private ViewMaintainer maintainer;
    private volatile TailerThread tailer;

    private EmbeddedEngine(
            String name,
            TableFiles files,
            TableFiles scanned,
            CubeSpec spec,
            ViewStore store,
            Path folder,
            StateHealth health) {
        this.name = name;
        this.health = health;
        this.folder = folder;
        this.files = files;
        this.spec = spec;
        this.store = store;
        this.queries = queries(scanned, spec, store);
        this.progress = new ProgressBoard(name);
        this.quality = new QualityWatch(spec, findings, Notes.in(store), Clock.systemUTC());
        store.state().ifPresent(quality::start);
        this.status = store.state()
                .map(state ->
                        new TailStatus(TailState.CATCHING_UP, Optional.empty(), state.version(), Optional.empty()))
                .orElse(NOT_STARTED);
    }

    /**
     * Opens the state; a damaged one is set aside, and the table counted anew.
     *
     * @param files of the table; closed with this
     * @throws io.tidemark.views.store.StateException if the state directory cannot be used for this table
     */
    public static EmbeddedEngine open(String name, TableFiles files, Path stateDir, CubeSpec spec) {
        return open(name, files, files, stateDir, spec);
    }

    /** @param scanned the same files, as they are read for queries; closed by nobody */
    public static EmbeddedEngine open(String name, TableFiles files, TableFiles scanned, Path stateDir, CubeSpec spec) {
        AtomicReference<StateHealth> health = new AtomicReference<>(StateHealth.GOOD);
        ViewStore store = ViewStore.openOrStartAnew(
                stateDir, spec, files.root().toString(), found -> health.set(renewed(name, health.get(), found)));
        return new EmbeddedEngine(name, files, scanned, spec, store, stateDir, health.get());
    }

    private static StateHealth renewed(String name, StateHealth before, String found) {
        LOG.warn("[{}] {}. It is set aside, and the table is counted anew.", name, found);
        return before.renewed(found, Instant.now());
    }

    /** With a log, scanners and buffers of its own: whatever is asked, the tailer does not wait for it. */
    private static TableQueries queries(TableFiles files, CubeSpec spec, ViewStore store) {
        return new TableQueries(
                spec, store, new DeltaTableLog(files), new ParquetRowScanner(files, ScanLimits.standard()));
    }

    /** Begins to follow the table, asked at fixed intervals. */
    public void start(int scanThreads, Duration pollInterval) {
        start(scanThreads, PollInterval.fixed(pollInterval));
    }

    /** Begins to follow the table. Add listeners before. */
    public void start(int scanThreads, PollInterval pollInterval) {
        StepListener listener = new StepListener() {
            @Override
            public void onBegin(List<Commit> commits) {
                queries.begin(commits);
            }

            @Override
            public void onStep(Applied step) {
                stepped(step);
            }

            @Override
            public void onProgress(long filesToCount, long filesDone, long rows) {
                progress.advance(filesToCount, filesDone, rows);
            }

            @Override
            public void onDamage(String found) {
                health = renewed(name, health, found);
            }
        };
        ScanningFileCounter counter =
                new ScanningFileCounter(spec, new ParquetScanner(files, ScanLimits.standard()), quality::scanned);
        maintainer = new ViewMaintainer(store, spec, counter, scanThreads, List.of(quality, listener), statistics);
        DeltaTableLog log = new DeltaTableLog(files);
        tailer = TailerThread.start(log, files, maintainer, TailSettings.with(pollInterval), this::statusChanged);
    }

    private void stepped(Applied step) {
        queries.stepped(step);
        if (progress.done() || step.newEpoch()) {
            LOG.info(
                    "[{}] Serving version {}: {} files{}",
                    name,
                    step.state().version(),
                    step.state().files(),
                    step.newEpoch() ? ", epoch " + step.state().epoch() : "");
        }
        listeners.forEach(listener -> listener.onStep(step));
    }

    private void statusChanged(TailStatus now) {
        TailStatus before = status;
        status = now;
        if (now.state() != before.state() || !now.reason().equals(before.reason())) {
            lastError.note(now);
            Transition.log(name, before, now);
        }
        listeners.forEach(listener -> listener.onStatus(now));
        if (now.state() == TailState.LIVE) {
            now.currentAt().ifPresent(quality::idle);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String uri() {
        return files.root().toString();
    }

    @Override
    public CubeSpec spec() {
        return spec;
    }

    @Override
    public Optional<ViewState> state() {
        return store.state();
    }

    @Override
    public Optional<StateHistory> history() {
        return store.history();
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
        return progress.newest();
    }

    @Override
    public Activity activity() {
        return new Activity(
                statistics.steps(),
                statistics.commits(),
                statistics.filesScanned(),
                statistics.rowsScanned(),
                statistics.stepNanos(),
                statistics.scanNanos(),
                statistics.unknownActions(),
                statistics.removesWithoutEffect(),
                statistics.addsWithoutEffect(),
                lastError.message(),
                lastError.at());
    }

    @Override
    public FindingBoard findings() {
        return findings;
    }

    @Override
    public HeapUse heap() {
        return new HeapUse(store.heapBytes(), store.mostHeapBytes());
    }

    @Override
    public StateHealth stateHealth() {
        return health;
    }

    @Override
    public Optional<StoreRequests> storeRequests() {
        return files.storeRequests();
    }

    @Override
    public void wake() {
        TailerThread started = tailer;
        if (started != null) {
            started.wake();
        }
    }

    @Override
    public NativeMemory nativeMemory() {
        return store.nativeMemory();
    }

    @Override
    public boolean isLost() {
        TailerThread started = tailer;
        return status.state() == TailState.FAILED || (started != null && !started.isAlive());
    }

    @Override
    public long storeBytes() {
        return store.bytes();
    }

    @Override
    public Optional<Path> folder() {
        return Optional.of(folder);
    }

    @Override
    public void listen(TableListener listener) {
        listeners.add(listener);
    }

    /** Stops following after the step that is being made, then closes the state. */
    @Override
    public void close() {
        if (tailer != null) {
            tailer.close();
            maintainer.close();
            quality.close();
        }
        store.close();
        files.close();
    }
}
