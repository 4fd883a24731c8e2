package io.tidemark.views.query;

import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DeltaLog;
import io.tidemark.ingest.log.MissingDataFileException;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableSnapshot;
import io.tidemark.ingest.log.UnsupportedFeatureException;
import io.tidemark.ingest.scan.RowScanner;
import io.tidemark.views.analysis.CohortQuery;
import io.tidemark.views.analysis.CohortTable;
import io.tidemark.views.analysis.FunnelQuery;
import io.tidemark.views.contribution.FilteredFileCounter;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.PinnedFiles;
import io.tidemark.views.store.ViewState;
import io.tidemark.views.store.ViewStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What can be asked of one table beyond its newest cube. Safe for use by many threads; what takes a scan blocks.
 *
 * <p>Past versions are those of the history that is served: where the log was rewritten and that is not served yet, a
 * {@link TableException} says so.
 */
public final class TableQueries {
    /** As often may a file vanish while a version is read that is being replaced by newer ones. */
    private static final int ATTEMPTS = 3;

    private final ViewStore store;
    private final DeltaLog log;
    private final RecentStates recent = new RecentStates();
    private final PastStates past;
    private final FilteredStates filtered;
    private final RecentEvents events;
    private final NewestRows newest;
    private final FilterColumns columns;
    private final RowScanner scanner;
    private final Analyses analyses;

    private final FileCounting local;
    private volatile FileCounting counting;

    public TableQueries(CubeSpec spec, ViewStore store, DeltaLog log, RowScanner scanner) {
        this(spec, store, log, scanner, FileLedger.NONE);
    }

    /** @param ledger asked before a file is read whole */
    public TableQueries(CubeSpec spec, ViewStore store, DeltaLog log, RowScanner scanner, FileLedger ledger) {
        this.store = store;
        this.log = log;
        this.scanner = scanner;
        this.columns = new FilterColumns(spec);
        FilteredFileCounter counter = new FilteredFileCounter(spec, scanner);
        this.past = new PastStates(columns, counter);
        this.local = new LocalCounting(columns, counter, ledger);
        this.counting = local;
        this.filtered = new FilteredStates((work, files, scan, sink) -> counting.count(work, files, scan, sink));
        this.events = new RecentEvents(columns, scanner);
        this.newest = new NewestRows(store, events);
        this.analyses = new Analyses(spec, columns, scanner);
        store.state().ifPresent(recent::start);
    }

    /** To be told of the steps, as a {@link io.tidemark.views.maintain.StepListener} is: the commits that one begins with. */
    public void begin(List<Commit> commits) {
        newest.begin(commits);
    }

    /** To be told of the steps: one was stored. */
    public void stepped(Applied step) {
        recent.add(step);
        newest.done(step);
    }

    /** Counts files in this process: what scans do unless they are shared. */
    public FileCounting local() {
        return local;
    }

    /** Has the files of scans counted by others too, from now on. */
    public void share(FileCounting by) {
        counting = by;
    }

    /** Versions that are held for scans and downloads now. */
    public int pins() {
        return store.pins();
    }

    /** The states that were served lately. */
    public RecentStates recent() {
        return recent;
    }

    /**
     * A cube of the rows within a filter's range, at one version; the filter's values are still to be applied to it. Its number
     * of distinct values is that of the whole filter if it is asked for, or the filter is none. Empty before a first version is
     * served.
     *
     * @throws UnknownVersionException if the version is not served yet
     * @throws VersionGoneException if it cannot be read any more
     * @throws TableException if a file cannot be read
     * @throws ScanStoppedException if the scan was stopped
     * @throws ScanTooLargeException if it would hold too much in memory
     */
    public Optional<ViewState> state(StateQuery query, Scan scan) {
        return at(
                query.version(),
                served -> filtered.of(served.pinned(), query.filter(), query.distinct(), scan),
                (snapshot, now) -> past.of(
                        snapshot,
                        now,
                        query.filter(),
                        query.distinct() || query.filter().isAll(),
                        scan));
    }

    /**
     * Rows of a version, newest first; empty before a first one is served.
     *
     * @param version empty: the one that is served
     * @param after the last row of the page before; empty: from the newest on
     * @throws RuntimeException as {@link #state}
     */
    public Optional<EventPage> events(
            Optional<Long> version, Filter filter, int limit, Optional<EventKey> after, Scan scan) {
        if (version.isEmpty()
                && filter.isAll()
                && after.isEmpty()
                && store.state().isPresent()) {
            Optional<EventPage> kept = newest.page(limit, scan);
            if (kept.isPresent()) {
                return kept;
            }
        }
        return at(
                version,
                served -> events.page(served, filter, limit, after, scan),
                (snapshot, now) -> events.page(new PastFiles(snapshot, now.epoch()), filter, limit, after, scan));
    }

    /**
     * How many distinct values of the distinct column, which must be configured, came to each step; empty before a first
     * version is served.
     *
     * @param version empty: the one that is served
     * @throws RuntimeException as {@link #state}
     */
    public Optional<Analysed<List<Long>>> funnel(Optional<Long> version, FunnelQuery query, Filter filter, Scan scan) {
        return at(
                version,
                served -> analyses.funnel(served, query, filter, scan),
                (snapshot, now) -> analyses.funnel(new PastFiles(snapshot, now.epoch()), query, filter, scan));
    }

    /**
     * When ids that were first seen in one unit of time were seen again; empty before a first version is served.
     *
     * @param version empty: the one that is served
     * @throws io.tidemark.views.analysis.TooManyPeriodsException if the rows lie in more units than a table of them may have
     * @throws RuntimeException as {@link #state}
     */
    public Optional<Analysed<CohortTable>> cohorts(
            Optional<Long> version, CohortQuery query, Filter filter, Scan scan) {
        return at(
                version,
                served -> analyses.cohorts(served, query, filter, scan),
                (snapshot, now) -> analyses.cohorts(new PastFiles(snapshot, now.epoch()), query, filter, scan));
    }

    /**
     * The files of a version, to be closed: of the one that is served now if its number is given or none is; empty before a
     * first one is.
     *
     * @throws UnknownVersionException if the version is not served yet
     * @throws VersionGoneException if the log no longer has it
     */
    public Optional<VersionFiles> files(Optional<Long> version) {
        Optional<History> history = History.of(store);
        if (history.isEmpty()) {
            return Optional.empty();
        }
        Optional<PinnedFiles> pinned = store.pin();
        if (pinned.isEmpty() || isOf(pinned.get(), version)) {
            return pinned.map(ServedFiles::new);
        }
        pinned.get().close();
        ViewState now = history.get().now();
        TableSnapshot snapshot = snapshot(requireServed(version.orElseThrow(), now));
        return Optional.of(new PastFiles(snapshot, now.epoch()));
    }

    private static boolean isOf(PinnedFiles pinned, Optional<Long> version) {
        return version.isEmpty() || version.get() == pinned.state().version();
    }

    /** What is made of a snapshot and the state that is served. */
    private interface OfPast<T> {
        T make(TableSnapshot snapshot, ViewState now);
    }

    private <T> Optional<T> at(Optional<Long> version, Function<ServedFiles, T> ofServed, OfPast<T> ofPast) {
        Optional<History> history = History.of(store);
        if (history.isEmpty()) {
            return Optional.empty();
        }
        for (int attempt = 1; ; attempt++) {
            try (ServedFiles served = new ServedFiles(store.pin().orElseThrow())) {
                if (!isOf(served.pinned(), version)) {
                    break;
                }
                try {
                    return Optional.of(ofServed.apply(served));
                } catch (MissingDataFileException e) {
                    // A later version may no longer have the file; who asked for the newest gets that.
                    if (attempt == ATTEMPTS || store.state().orElseThrow().version() == served.version()) {
                        throw e;
                    }
                }
            }
        }
        return Optional.of(past(version.orElseThrow(), history.get(), ofPast));
    }

    private <T> T past(long version, History history, OfPast<T> ofPast) {
        try (TableSnapshot snapshot = snapshot(requireServed(version, history.now()))) {
            T made = ofPast.make(snapshot, history.now());
            history.requireIn(log);
            return made;
        } catch (MissingDataFileException e) {
            throw new VersionGoneException(version, e);
        }
    }

    private static long requireServed(long version, ViewState now) {
        if (version > now.version()) {
            throw new UnknownVersionException(version, now.version());
        }
        return version;
    }

    private TableSnapshot snapshot(long version) {
        try {
            return log.snapshot(version);
        } catch (UnsupportedFeatureException e) {
            throw e;
        } catch (TableException e) {
            throw isUnreachable(e) ? e : new VersionGoneException(version, e);
        }
    }

    /** True if the store could not be asked, which says nothing of what is in it. */
    private static boolean isUnreachable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && !(cause instanceof FileNotFoundException)) {
                return true;
            }
        }
        return false;
    }

    /**
     * All columns of rows that match a filter, of files that are brought: what {@link #rows(VersionFiles, Filter)} reads of one
     * version, read where the version is not held.
     */
    public TableRows rows(FileWork work) {
        return new TableRows(work, columns, scanner);
    }

    /** All columns of the rows of a version that match a filter: nothing is read yet. */
    public TableRows rows(VersionFiles files, Filter filter) {
        return new TableRows(files, filter, columns, scanner);
    }
}
