package io.tidemark.views.quality;

import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.scan.ScanResult;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.maintain.StepListener;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.StateException;
import io.tidemark.views.store.ViewState;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at each step of one table, and at the time between steps, for what is odd; and keeps what was found across restarts.
 *
 * <p>Used by the tailer's thread, but for {@link #scanned}. What it costs a step grows with what the step changes. It never stops
 * the table.
 */
public final class QualityWatch implements StepListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QualityWatch.class);
    /** So many commits may be missing from the rhythm after a kill. */
    private static final int REMEMBER_EVERY = 32;

    private final FindingBoard board;
    private final Notes notes;
    private final Clock clock;
    private final RowAgreement rows = new RowAgreement();
    private final OddTimes times;
    private final ExplodingValues values;
    private WriterRhythm rhythm = new WriterRhythm();

    private List<Commit> commits = List.of();
    private ViewState state; // null: before the first
    /** When the state was seen first, by the same clock as the time that passes. */
    private Instant seenAt = Instant.MIN;

    private long rememberedChanges;
    private int commitsToRemember;

    /** @param board that findings go to; others may report to it as well */
    public QualityWatch(CubeSpec spec, FindingBoard board, Notes notes, Clock clock) {
        this.board = board;
        this.notes = notes;
        this.clock = clock;
        this.times = new OddTimes(spec, board);
        this.values = new ExplodingValues(spec, board);
    }

    /** Takes up what is stored; to be called before the first step, if there is a state. */
    public void start(ViewState stored) {
        state = stored;
        seenAt = stored.appliedAt();
        recall().filter(remembered -> remembered.isAbout(stored)).ifPresent(remembered -> {
            board.restore(remembered.findings());
            rhythm = remembered.rhythm();
        });
        lookAtAll(clock.instant());
        rememberedChanges = board.changes();
    }

    private Optional<Remembered> recall() {
        try {
            return notes.read().map(Remembered::decode);
        } catch (IllegalArgumentException | StateException e) {
            LOG.info(
                    "What was found about the table before cannot be read ({}); it is looked for anew", e.getMessage());
            return Optional.empty();
        }
    }

    private void lookAtAll(Instant now) {
        times.start(state, now);
        values.look(state, now);
    }

    /** A file was scanned. For any thread. */
    public void scanned(DataFile file, ScanResult result) {
        rows.scanned(file, result);
    }

    @Override
    public void onBegin(List<Commit> toApply) {
        commits = toApply;
        rows.begin();
    }

    @Override
    public void onStep(Applied applied) {
        Instant now = clock.instant();
        ViewState before = state;
        state = applied.state();
        seenAt = now;
        if (applied.newEpoch() || before == null) {
            board.clear();
            rhythm = new WriterRhythm();
            listen();
            lookAtAll(now);
        } else {
            listen();
            compare(before, applied, now);
        }
        rows.take(state.version(), now).ifPresent(board::report);
        commits = List.of();
        rememberNowAndThen();
    }

    private void compare(ViewState before, Applied applied, Instant now) {
        times.step(applied, now);
        values.look(state, now);
        Rearrangement.check(commits, before, applied, now).ifPresent(board::report);
        // In a group, only the first commit may change it.
        long changedAt = commits.isEmpty() ? -1 : commits.get(0).version();
        ColumnChanges.check(before, state, changedAt, now).forEach(board::report);
    }

    private void listen() {
        if (commits.isEmpty()) {
            rhythm.leapTo(state.committedAt());
        }
        for (Commit commit : commits) {
            rhythm.commit(commit.committedAt());
        }
        commitsToRemember += commits.size();
        board.resolve(FindingKind.WRITER_QUIET, "");
    }

    /**
     * The log holds nothing that is not applied.
     *
     * @param at when it was asked
     */
    public void idle(Instant at) {
        if (state == null) {
            return;
        }
        times.idle(state, at);
        values.look(state, at);
        // From when we saw the commit, which is not before it was made: the writer's clock may be another one.
        if (rhythm.isQuiet(seenAt, at)) {
            String message = "No commit since " + state.committedAt() + ", where " + rhythm.describe()
                    + ". Check that the writer runs.";
            board.report(Finding.now(FindingKind.WRITER_QUIET, "", state.version(), at, 1, message));
        }
        rememberNowAndThen();
    }

    private void rememberNowAndThen() {
        if (board.changes() != rememberedChanges || commitsToRemember >= REMEMBER_EVERY) {
            remember();
        }
    }

    private void remember() {
        rememberedChanges = board.changes();
        commitsToRemember = 0;
        try {
            notes.write(
                    Remembered.of(state, board.newest(clock.instant()), rhythm).encode());
        } catch (StateException e) {
            LOG.warn("What was found about the table could not be kept: {}", e.getMessage());
        }
    }

    /** Remembers what was learned last; the store must still be open. */
    @Override
    public void close() {
        if (state != null) {
            remember();
        }
    }
}
