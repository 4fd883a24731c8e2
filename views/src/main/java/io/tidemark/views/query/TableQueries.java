package io.tidemark.views.query;

import io.tidemark.ingest.log.DeltaLog;
import io.tidemark.ingest.scan.RowScanner;
import io.tidemark.views.contribution.FileCounter;
import io.tidemark.views.contribution.FilteredFileCounter;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.store.PinnedFiles;
import io.tidemark.views.store.ViewState;
import io.tidemark.views.store.ViewStore;
import java.util.Optional;

/** What can be asked of one table beyond its cube. Safe for use by many threads; all methods block while they scan. */
public final class TableQueries {
    private final ViewStore store;
    private final DeltaLog log;
    private final PastStates past;
    private final FilteredStates filtered;
    private final RecentEvents events;
    private final FilterColumns columns;
    private final RowScanner scanner;

    public TableQueries(CubeSpec spec, ViewStore store, DeltaLog log, FileCounter counter, RowScanner scanner) {
        this.store = store;
        this.log = log;
        this.scanner = scanner;
        this.columns = new FilterColumns(spec);
        this.past = new PastStates(log, counter);
        this.filtered = new FilteredStates(columns, new FilteredFileCounter(spec, scanner));
        this.events = new RecentEvents(columns, scanner);
    }

    /** The state that is served and its files; empty before a first version is served. */
    private Optional<PinnedFiles> served() {
        return store.pin();
    }

    /**
     * The views at a past version.
     *
     * @throws io.tidemark.ingest.log.TableException if log or files no longer have it
     * @see PastStates#at
     */
    public ViewState past(long version, ViewState now, Scan scan) {
        return past.at(version, now, scan);
    }

    /**
     * A cube of the rows within a filter's range, and the number of distinct values under the filter, at the version that is
     * served now; empty before a first one is.
     *
     * @see FilteredStates#of
     */
    public Optional<ViewState> filtered(Filter filter, boolean distinct, Scan scan) {
        Optional<PinnedFiles> served = served();
        if (served.isEmpty()) {
            return Optional.empty();
        }
        try (PinnedFiles files = served.get()) {
            return Optional.of(filtered.of(files, filter, distinct, scan));
        }
    }

    /**
     * The files of a version: of the one that is served now if its number is given or none is; empty before a first one is.
     *
     * @throws io.tidemark.ingest.log.TableException if the log no longer has the version
     */
    public Optional<VersionFiles> files(Optional<Long> version) {
        Optional<PinnedFiles> served = served();
        if (served.isEmpty() || version.isEmpty()) {
            return served.map(ServedFiles::new);
        }
        ViewState now = served.get().state();
        if (now.version() == version.get()) {
            return served.map(ServedFiles::new);
        }
        served.get().close();
        return Optional.of(new PastFiles(log.snapshot(version.get()), now.epoch()));
    }

    /** @see RecentEvents#page */
    public EventPage events(VersionFiles files, Filter filter, int limit, Optional<EventKey> after, Scan scan) {
        return events.page(files, filter, limit, after, scan);
    }

    /** All columns of the rows of a version that match a filter: nothing is read yet. */
    public TableRows rows(VersionFiles files, Filter filter) {
        return new TableRows(files, filter, columns, scanner);
    }
}
