package io.tidemark.bench;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.DeltaTableLog;
import io.tidemark.ingest.log.TableSnapshot;
import io.tidemark.ingest.scan.ParquetScanner;
import io.tidemark.ingest.scan.ScanLimits;
import io.tidemark.views.contribution.ScanningFileCounter;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.maintain.MaintainerStatistics;
import io.tidemark.views.maintain.ViewMaintainer;
import io.tidemark.views.store.ViewState;
import io.tidemark.views.store.ViewStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Log, scanner, maintainer and store of one table, without a thread that follows it. */
public final class Followed implements AutoCloseable {
    private final TableFiles files;
    private final DeltaTableLog log;
    private final ViewStore store;
    private final ViewMaintainer maintainer;

    /** @param threads that count files, beside the caller's */
    public Followed(Path table, Path state, CubeSpec spec, int threads) throws IOException {
        this(new LocalTableFiles(table), state, spec, threads);
    }

    /**
     * As {@link #Followed(Path, Path, CubeSpec, int)}, of a table anywhere.
     *
     * @param files closed by this
     */
    public Followed(TableFiles files, Path state, CubeSpec spec, int threads) throws IOException {
        this.files = files;
        log = new DeltaTableLog(files);
        store = ViewStore.open(state, spec, files.root().toString());
        maintainer = new ViewMaintainer(
                store,
                spec,
                new ScanningFileCounter(spec, new ParquetScanner(files, ScanLimits.standard())),
                threads,
                List.of(),
                new MaintainerStatistics());
    }

    /** Brings the views to the newest snapshot, as a first start does. */
    public ViewState load() {
        try (TableSnapshot snapshot = log.latestSnapshot().orElseThrow()) {
            maintainer.reconcile(snapshot, false);
        }
        return store.state().orElseThrow();
    }

    public ViewState state() {
        return store.state().orElseThrow();
    }

    public long stateBytes() {
        return store.bytes();
    }

    @Override
    public void close() {
        maintainer.close();
        store.close();
        files.close();
    }
}
