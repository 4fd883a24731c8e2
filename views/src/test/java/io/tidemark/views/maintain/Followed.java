package io.tidemark.views.maintain;

import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DeltaLog;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.scan.ParquetRowScanner;
import io.tidemark.ingest.scan.ParquetScanner;
import io.tidemark.ingest.scan.ScanLimits;
import io.tidemark.ingest.tail.TailSettings;
import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.ingest.tail.Tailer;
import io.tidemark.views.contribution.ScanningFileCounter;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.RollUp;
import io.tidemark.views.query.TableQueries;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.ViewState;
import io.tidemark.views.store.ViewStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table that is followed step by step: everything of the service but its threads' waiting, and the web. */
public final class Followed implements AutoCloseable {
    private final Clock clock;
    private final Path directory;
    private final DeltaLog log;
    private final TableFiles files;
    private final CubeSpec spec;
    private TableQueries queries;
    private final MaintainerStatistics statistics = new MaintainerStatistics();
    private ViewStore store;
    private ViewMaintainer maintainer;
    private Tailer tailer;

    Followed(Path directory, DeltaLog log, TableFiles files, CubeSpec spec) {
        this(directory, log, files, spec, Clock.systemUTC());
    }

    Followed(Path directory, DeltaLog log, TableFiles files, CubeSpec spec, Clock clock) {
        this.clock = clock;
        this.directory = directory;
        this.log = log;
        this.files = files;
        this.spec = spec;
        open();
    }

    private void open() {
        store = ViewStore.open(directory, spec, files.root().toString());
        ScanningFileCounter counter = new ScanningFileCounter(spec, new ParquetScanner(files, ScanLimits.standard()));
        queries = new TableQueries(spec, store, log, new ParquetRowScanner(files, ScanLimits.standard()));
        maintainer = new ViewMaintainer(store, spec, counter, 2, List.of(telling(queries)), statistics);
        tailer = new Tailer(
                files.root().toString(),
                log,
                maintainer,
                TailSettings.withPollInterval(Duration.ofSeconds(1)),
                clock,
                Runnable::run,
                status -> {});
    }

    private static StepListener telling(TableQueries queries) {
        return new StepListener() {
            @Override
            public void onBegin(List<Commit> commits) {
                queries.begin(commits);
            }

            @Override
            public void onStep(Applied step) {
                queries.stepped(step);
            }
        };
    }

    TableQueries queries() {
        return queries;
    }

    void step() {
        tailer.step();
    }

    /** Steps until nothing is left to do at once. */
    void settle() {
        while (tailer.step().more()) {
            // Each step is one piece of work.
        }
    }

    /** As {@link #settle}; returns why it stopped, if it did. */
    Optional<String> settleOrStop() {
        try {
            settle();
            return Optional.empty();
        } catch (TableException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** What the tailer says of itself. */
    TailStatus status() {
        return tailer.status();
    }

    void restart() {
        maintainer.close();
        store.close();
        open();
    }

    ViewState state() {
        return store.state().orElseThrow();
    }

    boolean hasState() {
        return store.state().isPresent();
    }

    MaintainerStatistics statistics() {
        return statistics;
    }

    RollUp rollUp() {
        return RollUp.of(spec, state().cube(), state().combinations(), Filter.ALL);
    }

    /** All that is served, in the form of a recount; for a cube over two dimensions. */
    Recount counts() {
        return counts(rollUp(), state().distinct());
    }

    public static Recount counts(RollUp views, long distinct) {
        Map<List<String>, Long> hourly = new HashMap<>();
        views.hourly().forEach(h -> hourly.put(Recount.key(Long.toString(h.hour()), null), h.count()));
        Map<List<String>, Long> heatmap = new HashMap<>();
        views.heatmap().forEach(pair -> heatmap.put(Recount.key(pair.first(), pair.second()), pair.count()));
        return new Recount(
                views.rows(),
                views.noTime(),
                hourly,
                values(views.dimensions().get(0)),
                values(views.dimensions().get(1)),
                heatmap,
                distinct);
    }

    private static Map<List<String>, Long> values(List<RollUp.ValueCount> counts) {
        Map<List<String>, Long> values = new HashMap<>();
        counts.forEach(count -> values.put(Recount.key(count.value(), null), count.count()));
        return values;
    }

    @Override
    public void close() {
        maintainer.close();
        store.close();
    }
}
