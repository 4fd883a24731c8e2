package io.tidemark.views.store;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.FileId;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.tail.Position;
import io.tidemark.views.cube.Contribution;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.FileCounts;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One step of a store, from one position to the next: files that enter and files that leave, and then all of it at once or
 * nothing. One writer, one step at a time.
 *
 * <p>Memory is bounded by what changes in the cube, and by the number of files that leave: ledger entries and counts of distinct
 * values of a large step go to disk ahead of it, marked as not live. Entries are found again by {@link #reuse} if the step
 * is cut off. They are kept until the next step that is committed, or that counts under other metadata.
 */
public final class Step implements AutoCloseable {
    private final ViewStore store;
    private final Ledger ledger;
    private final LedgerStep entries;
    private final CubeDelta.Builder cells = new CubeDelta.Builder();
    private final DistinctStep distinct;
    private Flow added = Flow.NONE;
    private Flow removed = Flow.NONE;
    private boolean closed;

    /** @param before the state that the step begins from; null: it is the first */
    Step(ViewStore store, Ledger ledger, ViewState before, TableMetadata under) {
        this.store = store;
        this.ledger = ledger;
        long number = UUID.randomUUID().getMostSignificantBits(); // never 0
        this.entries = new LedgerStep(store, ledger, number, under);
        this.distinct = new DistinctStep(store, number, before == null ? 0 : before.distinct(), before == null);
        entries.discardUnlessCountedUnderTheSame();
    }

    /** True if the file was live before this step. */
    public boolean isLive(FileId file) {
        requireOpen();
        return ledger.isLive(FileKey.of(file));
    }

    /**
     * Adds a file.
     *
     * @throws IllegalStateException if it is live (and was not removed in this step), or was added in this step
     * @throws IllegalArgumentException if the counts break the rules of {@link FileCounts}
     * @throws StateException if the store cannot be read or written
     */
    public void add(DataFile file, FileCounts counts) {
        requireOpen();
        FileKey key = FileKey.of(file.id());
        if (entries.isAdded(key) || (!entries.isRemoved(key) && ledger.isLive(key))) {
            throw new IllegalStateException(file.id() + " is live already");
        }
        requireRoom(counts);
        Contribution contribution = store.dictionary().intern(counts, file.size());
        count(contribution, 1);
        entries.add(key, file, contribution);
    }

    /**
     * Adds a file that a step which was cut off had counted already, without counting it again.
     *
     * @return false if nothing is known of the file: then count it, and {@link #add} it
     * @throws IllegalStateException if it was added in this step
     * @throws StateException if the store cannot be read or written
     */
    public boolean reuse(FileId file) {
        requireOpen();
        if (!ledger.hasAhead()) {
            return false;
        }
        FileKey key = FileKey.of(file);
        if (entries.isAdded(key)) {
            throw new IllegalStateException(file + " was added already");
        }
        Contribution contribution = ledger.leftOver(key);
        if (contribution == null) {
            return false;
        }
        count(contribution, 1);
        entries.reclaim(key);
        return true;
    }

    /**
     * Takes a file back.
     *
     * @return false if it is not live: nothing changes
     * @throws IllegalStateException if it was added in this step
     * @throws StateException if the store cannot be read
     */
    public boolean remove(FileId file) {
        requireOpen();
        FileKey key = FileKey.of(file);
        if (entries.isAdded(key)) {
            throw new IllegalStateException(file + " was added in this step");
        }
        return !entries.isRemoved(key) && takeBack(key);
    }

    /** Takes back every file that was live before this step and is not among these. */
    public void removeAllExcept(FileIdSet files) {
        requireOpen();
        ledger.forEachLive(
                key -> !files.contains(key) && !entries.isRemoved(key) && !entries.isAdded(key), this::takeBack);
    }

    private boolean takeBack(FileKey key) {
        Contribution contribution = ledger.live(key);
        if (contribution == null) {
            return false;
        }
        count(contribution, -1);
        entries.remove(key);
        return true;
    }

    private void count(Contribution contribution, int sign) {
        sum(contribution, sign);
        requireRoom(null);
    }

    /** @param next what is about to be added; null: nothing */
    private void requireRoom(FileCounts next) {
        try {
            store.requireRoom(cells, next);
        } catch (TooLargeException e) {
            giveUpForGood();
            throw e;
        }
    }

    /** What was learned from a step that will not come is not kept: it would take the room of one that does. */
    private void giveUpForGood() {
        closed = true;
        store.forgetStep(entries);
    }

    private void sum(Contribution contribution, int sign) {
        if (sign > 0) {
            cells.add(contribution);
        } else {
            cells.subtract(contribution);
        }
        distinct.add(contribution.distinct(), sign);
        if (sign > 0) {
            added = added.plus(contribution);
        } else {
            removed = removed.plus(contribution);
        }
    }

    /**
     * Stores everything, and shows it. The step is over then, also if it failed.
     *
     * @param epoch empty: as before
     * @param kind how its versions were taken up
     * @param notes of its versions, ascending; the last is the position's
     * @return the state that is served from now on, and what changed
     * @throws StateException if the store cannot be written, or what is stored does not fit what is taken back; nothing
     *     becomes visible
     * @throws TooLargeException if the views would take too much of the heap; as {@link #add}, {@link #reuse} and
     *     {@link #remove} throw it. The step is over
     */
    public Applied commit(
            Position position,
            TableMetadata metadata,
            Optional<String> epoch,
            StepEffect.Kind kind,
            List<CommitNote> notes) {
        requireOpen();
        try {
            entries.deleteLeftOvers();
            StepChanges changes = new StepChanges(cells.build(), distinct, added, removed, entries);
            return new StepCommit(changes, position, metadata, epoch, kind, notes).into(store);
        } catch (TooLargeException e) {
            giveUpForGood();
            throw e;
        } finally {
            // A write that failed may have come through: it is not to be tried again before the store was looked at.
            close();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this step is over");
        }
    }

    /** Gives the step up if it was not committed. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            store.stepClosed();
        }
    }
}
