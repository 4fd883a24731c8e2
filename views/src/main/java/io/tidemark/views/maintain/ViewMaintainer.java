package io.tidemark.views.maintain;

import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.log.TableSnapshot;
import io.tidemark.ingest.tail.CommitSink;
import io.tidemark.ingest.tail.Position;
import io.tidemark.views.contribution.FileCounter;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.CommitNote;
import io.tidemark.views.store.DamagedStateException;
import io.tidemark.views.store.FileIdSet;
import io.tidemark.views.store.KillPoint;
import io.tidemark.views.store.StateException;
import io.tidemark.views.store.Step;
import io.tidemark.views.store.StepEffect;
import io.tidemark.views.store.TooLargeException;
import io.tidemark.views.store.ViewState;
import io.tidemark.views.store.ViewStore;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps the views of one table: counts the files that enter it, takes back those that leave it, and stores both as one step.
 *
 * <p>Files are counted on several threads; everything else happens on the caller's.
 */
public final class ViewMaintainer implements CommitSink, AutoCloseable {
    /** Files whose coming a long step knows of in advance; each keeps some hundred bytes. */
    private static final int LOOK_AHEAD = 20_000;

    private final ViewStore store;
    private final ParallelCounter counter;
    private final ColumnCheck columns;
    private final List<StepListener> listeners;
    private final MaintainerStatistics statistics;
    private final Renewals renewals = new Renewals(System::nanoTime);
    private Refused refused; // null: the last step was not too large

    /**
     * @param spec that the store was opened with
     * @param counter of files, over the same columns
     * @param threads that count files
     * @param listeners told of each step, in this order
     */
    public ViewMaintainer(
            ViewStore store,
            CubeSpec spec,
            FileCounter counter,
            int threads,
            List<StepListener> listeners,
            MaintainerStatistics statistics) {
        this.store = store;
        this.counter = new ParallelCounter(counter, threads, statistics);
        this.columns = new ColumnCheck(spec);
        this.listeners = List.copyOf(listeners);
        this.statistics = statistics;
    }

    @Override
    public Optional<Position> position() {
        return store.position();
    }

    @Override
    public void apply(List<Commit> commits) {
        requireNext(commits);
        Commit last = commits.get(commits.size() - 1);
        unlessRefused(commits, last.version(), last.fingerprint(), () -> applyNext(commits));
    }

    @Override
    public void reconcile(TableSnapshot snapshot, boolean newEpoch) {
        unlessRefused(List.of(), snapshot.version(), snapshot.fingerprint(), () -> bringTo(snapshot, newEpoch));
    }

    /** What was too large is so again, as long as it is the same: then its files are not counted once more. */
    private void unlessRefused(List<Commit> commits, long version, String fingerprint, Runnable step) {
        Refused now = new Refused(commits.size(), position(), version, fingerprint, null);
        if (refused != null && refused.isOf(now)) {
            throw refused.why();
        }
        try {
            telling(commits, step);
        } catch (TooLargeException e) {
            refused = new Refused(commits.size(), position(), version, fingerprint, e);
            throw e;
        }
        refused = null;
    }

    /**
     * @param commits number of commits; 0: a snapshot
     * @param from where the step began
     */
    private record Refused(
            int commits, Optional<Position> from, long version, String fingerprint, TooLargeException why) {
        boolean isOf(Refused other) {
            return commits == other.commits
                    && from.equals(other.from)
                    && version == other.version
                    && fingerprint.equals(other.fingerprint);
        }
    }

    /** What is wrong with the store stops the table like what is wrong with the table, and is told in the same way. */
    private void telling(List<Commit> commits, Runnable step) {
        for (StepListener listener : listeners) {
            Listeners.quietly(() -> listener.onBegin(commits));
        }
        try {
            step.run();
        } catch (DamagedStateException e) {
            throw new TableException(damaged(e), e);
        } catch (StateException e) {
            throw new TableException(e.getMessage(), e);
        }
    }

    /** Sets a damaged state aside, so that the next step counts the table anew. @return what users are told */
    private String damaged(DamagedStateException e) {
        if (!renewals.mayBegin()) {
            return e.found() + ", shortly after it was counted anew. Check the disk and the memory of this machine; the"
                    + " table is counted anew again in " + renewals.minutesToWait() + " minutes.";
        }
        try {
            store.startAnew();
        } catch (StateException again) {
            renewals.undone();
            return e.found() + ", and cannot be set aside: " + again.getMessage();
        }
        for (StepListener listener : listeners) {
            Listeners.quietly(() -> listener.onDamage(e.found()));
        }
        return e.found() + ". It is set aside, and the table is counted anew; nothing has to be done.";
    }

    private void applyNext(List<Commit> commits) {
        long began = System.nanoTime();
        Optional<TableMetadata> before = metadata();
        TableMetadata metadata = CommitPlan.metadata(commits, before);
        Commit last = commits.get(commits.size() - 1);
        Applied applied;
        CommitPlan plan;
        try (Step step = store.begin(metadata)) {
            plan = CommitPlan.of(commits, before, files(), step::isLive, columns);
            plan.leaving().forEach(step::remove);
            count(step, plan.entering().iterator(), metadata);
            StepEffect.Kind kind = commits.size() == 1 ? StepEffect.Kind.COMMIT : StepEffect.Kind.GROUP;
            List<CommitNote> notes = commits.stream().map(CommitNote::of).toList();
            applied = commit(step, last.fingerprint(), metadata, false, kind, notes);
            statistics.filesRemoved.add(plan.leaving().size());
        }
        statistics.commits.add(commits.size());
        statistics.removesWithoutEffect.add(plan.removesWithoutEffect());
        statistics.addsWithoutEffect.add(plan.addsWithoutEffect());
        commits.forEach(commit -> statistics.unknownActions.add(commit.unknownActions()));
        done(applied, began);
    }

    private void bringTo(TableSnapshot snapshot, boolean newEpoch) {
        long began = System.nanoTime();
        TableMetadata metadata = snapshot.metadata();
        Applied applied;
        try (Step step = store.begin(metadata)) {
            boolean anew = columns.isAnew(metadata(), snapshot, newEpoch, step::isLive);
            FileIdSet files = new FileIdSet();
            if (anew) {
                // Before anything is added: a file of the same name is another file.
                step.removeAllExcept(files);
            }
            // Where none can stay or leave, as in a first load, nothing need be kept of each file.
            boolean someStay = !anew && files() > 0;
            Iterator<DataFile> entering = new LookAhead<>(
                    snapshot.files(),
                    file -> {
                        if (someStay) {
                            files.add(file.id());
                        }
                        return !someStay || !step.isLive(file.id());
                    },
                    1);
            count(step, entering, metadata);
            if (someStay) {
                step.removeAllExcept(files);
            }
            CommitNote note = CommitNote.ofSnapshot(snapshot.version(), snapshot.committedAt());
            applied = commit(step, snapshot.fingerprint(), metadata, newEpoch, StepEffect.Kind.SNAPSHOT, List.of(note));
        }
        statistics.reconciles.increment();
        done(applied, began);
    }

    /** Ends the threads that count files; a step that is going on fails. */
    @Override
    public void close() {
        counter.close();
    }

    private void count(Step step, Iterator<DataFile> files, TableMetadata metadata) {
        Progress progress = new Progress(listeners);
        Iterator<DataFile> unknown = new LookAhead<>(
                files,
                file -> {
                    // What a step that was cut off has counted need not be counted again.
                    boolean toCount = !step.reuse(file.id());
                    if (toCount) {
                        progress.found();
                    }
                    return toCount;
                },
                LOOK_AHEAD);
        counter.count(unknown, metadata, (file, counts) -> {
            step.add(file, counts);
            progress.counted(counts.rows());
        });
        progress.end();
    }

    private Applied commit(
            Step step,
            String fingerprint,
            TableMetadata metadata,
            boolean newEpoch,
            StepEffect.Kind kind,
            List<CommitNote> notes) {
        Optional<String> epoch = newEpoch || store.position().isEmpty()
                ? Optional.of(UUID.randomUUID().toString())
                : Optional.empty();
        long version = notes.get(notes.size() - 1).version();
        KillPoint.COUNTED.pass();
        return step.commit(new Position(metadata.id(), version, fingerprint), metadata, epoch, kind, notes);
    }

    private void done(Applied applied, long began) {
        statistics.steps.increment();
        statistics.stepNanos.add(System.nanoTime() - began);
        KillPoint.SHOWN.pass();
        for (StepListener listener : listeners) {
            Listeners.quietly(() -> listener.onStep(applied));
        }
    }

    private long files() {
        return stored().map(ViewState::files).orElse(0L);
    }

    private Optional<TableMetadata> metadata() {
        return stored().map(ViewState::metadata);
    }

    /** What steps build on: not what is only shown, of a state that was set aside. */
    private Optional<ViewState> stored() {
        return store.position().flatMap(position -> store.state());
    }

    private void requireNext(List<Commit> commits) {
        if (commits.isEmpty()) {
            throw new IllegalArgumentException("No commits");
        }
        long next = store.position().map(Position::version).orElse(-1L) + 1;
        for (int i = 0; i < commits.size(); i++) {
            Commit commit = commits.get(i);
            if (commit.version() != next + i) {
                throw new IllegalArgumentException("Version " + (next + i) + " comes next, not " + commit.version());
            }
            if (i > 0 && (commit.metadata().isPresent() || commit.protocol().isPresent())) {
                throw new IllegalArgumentException("Version " + (next + i) + " changes metadata within a group");
            }
        }
    }
}
