package io.tidemark.views.quality;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.DeltaTableLog;
import io.tidemark.ingest.scan.ParquetScanner;
import io.tidemark.ingest.scan.ScanLimits;
import io.tidemark.ingest.tail.TailSettings;
import io.tidemark.ingest.tail.TailState;
import io.tidemark.ingest.tail.Tailer;
import io.tidemark.views.contribution.ScanningFileCounter;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import io.tidemark.views.maintain.MaintainerStatistics;
import io.tidemark.views.maintain.ViewMaintainer;
import io.tidemark.views.store.ViewState;
import io.tidemark.views.store.ViewStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A table that is followed and watched, step by step and with a clock of the test. */
final class WatchedTable implements AutoCloseable {
    static final CubeSpec SPEC =
            new CubeSpec(Optional.of("ts"), List.of(new Dimension("channel", "channel")), Optional.of("session"));

    final SetClock clock = new SetClock(Instant.now());
    private final Path stateDir;
    private final TableFiles files;
    private FindingBoard board;
    private ViewStore store;
    private QualityWatch watch;
    private ViewMaintainer maintainer;
    private Tailer tailer;

    WatchedTable(Path stateDir, Path table) {
        this.stateDir = stateDir;
        this.files = new LocalTableFiles(table);
        open();
    }

    private void open() {
        board = new FindingBoard();
        store = ViewStore.open(stateDir, SPEC, files.root().toString());
        watch = new QualityWatch(SPEC, board, Notes.in(store), clock);
        store.state().ifPresent(watch::start);
        ScanningFileCounter counter =
                new ScanningFileCounter(SPEC, new ParquetScanner(files, ScanLimits.standard()), watch::scanned);
        maintainer = new ViewMaintainer(store, SPEC, counter, 2, List.of(watch), new MaintainerStatistics());
        tailer = new Tailer(
                "the table",
                new DeltaTableLog(files),
                maintainer,
                TailSettings.withPollInterval(Duration.ofSeconds(1)),
                clock,
                Runnable::run,
                status -> {
                    if (status.state() == TailState.LIVE) {
                        status.currentAt().ifPresent(watch::idle);
                    }
                });
    }

    /** Follows until nothing is left to do. */
    WatchedTable settle() {
        while (tailer.step().more()) {
            // Each step is one piece of work.
        }
        return this;
    }

    /** Time passes, and the log is looked at again. */
    WatchedTable later(Duration by) {
        clock.advance(by);
        return settle();
    }

    void restart() {
        watch.close();
        kill();
        open();
    }

    /** As {@link #restart}, without a last word. */
    void killAndRestart() {
        kill();
        open();
    }

    private void kill() {
        maintainer.close();
        store.close();
    }

    List<Finding> findings() {
        return board.newest(clock.instant());
    }

    Optional<Finding> finding(FindingKind kind) {
        return findings().stream().filter(finding -> finding.kind() == kind).findFirst();
    }

    long raised(FindingKind kind) {
        return board.raised(kind);
    }

    ViewState state() {
        return store.state().orElseThrow();
    }

    @Override
    public void close() {
        kill();
        files.close();
    }
}
