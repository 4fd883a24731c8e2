package io.tidemark.ingest.tail;

import io.tidemark.ingest.log.ColumnMismatchException;
import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DeltaLog;
import io.tidemark.ingest.log.MissingDataFileException;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the commits of one table, in version order, to a sink; and where the log cannot be followed commit by commit, brings the
 * sink to the newest snapshot instead.
 *
 * <p>Holds no position: the sink's is the only record of progress. What else it remembers are hints, lost without harm. Not
 * thread-safe; {@link TailerThread} is the one caller in production.
 */
public final class Tailer {
    /** Snapshots of which a file was gone before it was counted, in a row, until that is a reason to stop. */
    private static final int MOST_SNAPSHOTS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Tailer.class);

    private final String table;
    private final DeltaLog log;
    private final CommitSink sink;
    private final TailSettings settings;
    private final Clock clock;
    private final StatusBoard board;
    private final CommitReadAhead commits;
    private final HistoryCheck history;
    private final Stops stops;

    private long logVersion = -1;
    /** True if the last applied commit was found in the log as it was applied, and nothing went wrong since. */
    private boolean trusted;
    /** True if the log was at its end a moment ago: what comes then most likely comes alone, and is applied at once. */
    private boolean fresh;
    /** Since when the next version is known to be missing in the midst of the log; null if it is not. */
    private Instant gapSince;

    private Instant gapChecked = Instant.MIN;
    private Instant historyChecked = Instant.MIN;
    /** True if something in the log's folder changed since the last applied commit was compared. Any thread's to set. */
    private volatile boolean touched;

    private Instant absenceDescribed = Instant.MIN;

    /**
     * @param table as users may see it, for messages
     * @param executor reads commits ahead
     * @param listener told of each change of status, on the thread of the step
     */
    public Tailer(
            String table,
            DeltaLog log,
            CommitSink sink,
            TailSettings settings,
            Clock clock,
            Executor executor,
            Consumer<TailStatus> listener) {
        this.table = table;
        this.log = log;
        this.sink = sink;
        this.settings = settings;
        this.clock = clock;
        this.board = new StatusBoard(listener);
        this.commits = new CommitReadAhead(log, executor, settings.readAhead());
        this.history = new HistoryCheck(log);
        this.stops = new Stops(table, log);
    }

    /**
     * Does one piece of work.
     *
     * @throws TableException if the table cannot be followed past the sink's position, for now; calling again tries again
     */
    public StepResult step() {
        Optional<Position> position = sink.position();
        try {
            if (position.isEmpty()) {
                return reconcile(position, true, 0).orElseGet(this::noTable);
            }
            Position applied = position.get();
            logVersion = Math.max(logVersion, applied.version());
            Optional<StepResult> mended = trusted ? Optional.empty() : compareHistory(applied, true, applied.version());
            return mended.isPresent() ? mended.get() : follow(applied);
        } catch (RuntimeException e) {
            // Whoever mends the table may do so by rewriting it.
            trusted = false;
            fresh = false;
            commits.forget();
            throw e;
        }
    }

    /** The newest status. For any thread. */
    public TailStatus status() {
        return board.newest();
    }

    /** Where the status is kept, for whoever turns failures into one. */
    StatusBoard board() {
        return board;
    }

    /** Says that something changed in the log's folder: if it is no new commit, it may be the last one. For any thread. */
    void logChanged() {
        touched = true;
    }

    /** Newest version known to exist, -1 if none. */
    long logVersion() {
        return logVersion;
    }

    /** Asks how far the log goes; for use after a failure, when the commits themselves do not tell. */
    void learnLogVersion() {
        long applied = sink.position().map(Position::version).orElse(-1L);
        // Beyond a gap, nobody has seen how far it goes.
        long least = gapSince == null ? -1 : applied + 1;
        log.latestVersion(applied).ifPresent(v -> logVersion = Math.max(v, least));
    }

    private StepResult noTable() {
        logVersion = -1;
        if (due(absenceDescribed, settings.gapCheckEvery()) || board.newest().state() != TailState.WAITING) {
            absenceDescribed = clock.instant();
            board.waiting("[" + table + "] " + log.describeAbsence());
        }
        return StepResult.WAITING;
    }

    private StepResult follow(Position applied) {
        Instant asked = clock.instant();
        Optional<Commit> next = commits.first(applied.version() + 1);
        if (next.isEmpty()) {
            return atTheEnd(applied, asked);
        }
        gapSince = null;
        Commit first = next.get();
        logVersion = Math.max(logVersion, first.version());
        first.protocol().ifPresent(protocol -> Refusal.ifUnsupported(table, first.version(), protocol));
        if (first.metadata().isPresent() && !first.metadata().get().id().equals(applied.tableId())) {
            return reconcile(Optional.of(applied), false, first.version())
                    .orElseThrow(() -> stops.noSnapshotOf(first.version()));
        }
        return apply(applied, first);
    }

    private StepResult apply(Position applied, Commit first) {
        CommitGroup group = new CommitGroup(first, settings.limits());
        if (fresh) {
            fresh = false;
            board.working(board.newest().state(), logVersion);
        } else {
            readOn(group);
            board.working(TailState.CATCHING_UP, logVersion);
        }
        // No commit names the one before it, so that one has to be asked for: after all that are built on it were read,
        // lest they be of another table that was put in its place meanwhile.
        Optional<StepResult> mended = compareHistory(applied, true, first.version());
        if (mended.isPresent()) {
            return mended.get();
        }
        try {
            sink.apply(group.commits());
        } catch (MissingDataFileException e) {
            return applyFurther(applied, group, e);
        } catch (ColumnMismatchException e) {
            return passBy(applied, first, e);
        }
        board.worked(logVersion);
        return StepResult.APPLIED;
    }

    /**
     * A file of the group is gone. A slow reader and a quick VACUUM: if a later commit removed the file, then together with
     * that commit the group needs it no longer.
     */
    private StepResult applyFurther(Position applied, CommitGroup group, MissingDataFileException missing) {
        MissingDataFileException reason = missing;
        int before = group.size();
        readOn(group);
        Optional<StepResult> mended = compareHistory(applied, true, group.last());
        if (mended.isPresent()) {
            return mended.get();
        }
        if (group.size() > before) {
            try {
                sink.apply(group.commits());
                board.worked(logVersion);
                return StepResult.APPLIED;
            } catch (MissingDataFileException e) {
                reason = e;
            }
        }
        if (log.latestVersion(group.last()).orElse(-1) <= group.last()) {
            // The file is live in the newest version: there is nothing to move on to.
            throw reason;
        }
        MissingDataFileException stillMissing = reason;
        return reconcile(Optional.of(applied), false, group.last() + 1).orElseThrow(() -> stillMissing);
    }

    /** A commit is not to be counted. If the log goes on, its newest version may be: the change was undone, or all rows replaced. */
    private StepResult passBy(Position applied, Commit commit, ColumnMismatchException reason) {
        if (log.latestVersion(commit.version()).orElse(-1) <= commit.version()) {
            throw reason;
        }
        return reconcile(Optional.of(applied), false, commit.version() + 1).orElseThrow(() -> reason);
    }

    private void readOn(CommitGroup group) {
        while (!group.isFull()) {
            Optional<Commit> next = commits.next(group.last() + 1);
            if (next.isEmpty()) {
                break;
            }
            logVersion = Math.max(logVersion, next.get().version());
            if (!CommitGroup.mayFollow(next.get())) {
                commits.giveBack(next.get());
                break;
            }
            group.take(next.get());
        }
        if (group.isFull()) {
            logVersion = Math.max(logVersion, log.latestVersion(logVersion).orElse(logVersion));
        }
    }

    private StepResult atTheEnd(Position applied, Instant asked) {
        commits.forget();
        // At the first look after a start as well: a log that was cleaned up meanwhile looks like one at its end.
        if (logVersion > applied.version() || gapSince != null || due(gapChecked, settings.gapCheckEvery())) {
            Optional<StepResult> gap = lookForGap(applied);
            if (gap.isPresent()) {
                return gap.get();
            }
        }
        if (touched || due(historyChecked, settings.historyCheckEvery())) {
            touched = false;
            Optional<StepResult> mended = compareHistory(applied, false, applied.version());
            if (mended.isPresent()) {
                return mended.get();
            }
        }
        fresh = true;
        board.live(logVersion, asked);
        return StepResult.IDLE;
    }

    private Optional<StepResult> lookForGap(Position applied) {
        boolean settled = gapSince != null && due(gapSince, settings.gapSettle());
        if (gapSince == null || settled) {
            gapChecked = clock.instant();
            if (!log.hasGapAt(applied.version() + 1)) {
                gapSince = null;
                logVersion = applied.version();
                return Optional.empty();
            }
        }
        if (settled) {
            boolean rewritten = history.of(applied) == HistoryCheck.Verdict.REWRITTEN;
            return Optional.of(reconcile(Optional.of(applied), rewritten, applied.version() + 1)
                    .orElseThrow(() -> stops.missing(applied.version() + 1)));
        }
        if (gapSince == null) {
            gapSince = clock.instant();
        }
        fresh = false;
        logVersion = Math.max(logVersion, applied.version() + 1);
        board.working(TailState.CATCHING_UP, logVersion);
        return Optional.of(StepResult.SETTLING);
    }

    /**
     * @param thorough true if a commit that is not there any more must be replaced by a comparison with a snapshot
     * @param least version of that snapshot, which is known to be there
     * @return what was done about it; empty if the history is the one that was applied
     */
    private Optional<StepResult> compareHistory(Position applied, boolean thorough, long least) {
        // Until the outcome is known, and acted upon.
        trusted = false;
        HistoryCheck.Verdict verdict = history.of(applied);
        if (verdict == HistoryCheck.Verdict.NO_TABLE) {
            throw stops.gone(applied);
        }
        boolean rewritten = verdict == HistoryCheck.Verdict.REWRITTEN;
        if (rewritten || (thorough && verdict == HistoryCheck.Verdict.UNKNOWN)) {
            return Optional.of(reconcile(Optional.of(applied), rewritten, least)
                    .orElseThrow(() -> rewritten ? stops.gone(applied) : stops.noSnapshotOf(least)));
        }
        if (verdict == HistoryCheck.Verdict.UNKNOWN) {
            // Cleaned up, and perhaps past the next version: the next idle step looks.
            gapChecked = Instant.MIN;
        }
        trusted = true;
        historyChecked = clock.instant();
        return Optional.empty();
    }

    /**
     * Brings the views to the newest snapshot; to a newer one if VACUUM was quicker than the counting of the first.
     *
     * @param least within the history that was applied, a snapshot before this version is no way on
     * @return empty if there is no table, or no such snapshot
     */
    private Optional<StepResult> reconcile(Optional<Position> applied, boolean otherHistory, long least) {
        for (int tries = 1; ; tries++) {
            try {
                return reconcileOnce(applied, otherHistory, least);
            } catch (MissingDataFileException e) {
                if (tries == MOST_SNAPSHOTS || log.latestVersion(logVersion).orElse(-1) <= logVersion) {
                    throw e;
                }
            }
        }
    }

    private Optional<StepResult> reconcileOnce(Optional<Position> applied, boolean otherHistory, long least) {
        commits.forget();
        Optional<TableSnapshot> newest = log.latestSnapshot();
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        try (TableSnapshot snapshot = newest.get()) {
            Refusal.ifUnsupported(table, snapshot.version(), snapshot.protocol());
            boolean newEpoch = otherHistory
                    || applied.map(at -> snapshot.version() < at.version()
                                    || !snapshot.metadata().id().equals(at.tableId()))
                            .orElse(true);
            if (!newEpoch && snapshot.version() < least) {
                return Optional.empty();
            }
            logVersion = snapshot.version();
            board.working(applied.isEmpty() ? TailState.BOOTSTRAPPING : TailState.CATCHING_UP, logVersion);
            sink.reconcile(snapshot, newEpoch);
            // That numbers went back, say, has a reason that somebody will ask for.
            applied.ifPresent(at -> LOG.info("[{}] {}", table, HistoryCheck.describe(at, snapshot, newEpoch)));
        }
        trusted = true;
        fresh = false;
        gapSince = null;
        historyChecked = clock.instant();
        board.worked(logVersion);
        return Optional.of(StepResult.RECONCILED);
    }

    private boolean due(Instant since, Duration interval) {
        return since.equals(Instant.MIN) || !clock.instant().isBefore(since.plus(interval));
    }
}
