package io.tidemark.views.store;

import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.tail.Position;
import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.cube.Footprint;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The views and the ledger on disk, and the newest state in memory. One writer thread; {@link #state()},
 * {@link #pin()} and {@link #bytes()} are for any thread.
 *
 * <p>One process a directory. All native objects are closed by {@link #close()}, in one place. What is where on the disk is
 * said in {@code docs/design/store.md}.
 */
public final class ViewStore implements AutoCloseable {
    private final Database database;
    private final StoreIdentity identity;
    private final CubeSpec spec;
    private final StoreSettings settings;
    private final HeapShare heap;

    private DictionaryLog dictionary;
    private Ledger ledger;
    private Step step; // null: none is open
    private boolean inDoubt; // true: a write failed, and what is on disk must be looked at
    private boolean closed;
    private volatile long heapBytes;

    /** Held from before a step is written until it is shown: what is on disk is of another step than what is shown. */
    private final Object showing = new Object();

    private volatile Stored stored; // null: before the first step
    /** What readers see: the same, but while one that was set aside is built anew, the last of that; null: nothing yet. */
    private volatile Stored shown;

    /** Loads what was stored last; the database is the caller's still if that fails. */
    ViewStore(Database database, StoreIdentity identity, StoreSettings settings) {
        this.database = database;
        this.identity = identity;
        this.spec = identity.spec();
        this.settings = settings;
        this.heap = new HeapShare(spec, settings.heapBytes());
        load();
    }

    /**
     * Opens a state directory, or makes one, and loads what was last stored.
     *
     * @param tableUri the table that the directory must be of, without credentials
     * @throws StateException if the directory is of another table, cube or format, is in use, cannot be written, or is damaged
     */
    public static ViewStore open(Path directory, CubeSpec spec, String tableUri) {
        return open(directory, spec, tableUri, StoreSettings.DEFAULT);
    }

    /**
     * As {@link #open(Path, CubeSpec, String)}, but a damaged state is set aside within the directory and an empty one opened in
     * its place: whoever follows the table builds the views anew.
     *
     * @param told why, if that was done
     * @throws StateException for all other reasons
     */
    public static ViewStore openOrStartAnew(Path directory, CubeSpec spec, String tableUri, Consumer<String> told) {
        return new StoreDirectory(directory, spec, tableUri).openOrStartAnew(told);
    }

    static ViewStore open(Path directory, CubeSpec spec, String tableUri, StoreSettings settings) {
        return new StoreDirectory(directory, spec, tableUri).open(settings);
    }

    /**
     * Opens a directory for a table whose steps are made elsewhere and told to this store, by {@link ToldSteps}. What is there
     * from before is deleted: all of it is told anew.
     *
     * @throws StateException if the directory is in use, or cannot be written
     */
    public static ViewStore openReplica(Path directory, CubeSpec spec, String tableUri) {
        return new StoreDirectory(directory, spec, tableUri).openReplica();
    }

    private void load() {
        dictionary = DictionaryLog.load(database, spec.dimensions().size(), heap);
        ledger = new Ledger(database, dictionary.dictionary());
        Cube cube = Hours.load(database, dictionary.dictionary(), heap);
        Optional<StateRecord> record = MetaTable.state(database);
        long hours = record.map(StateRecord::hours).orElse(0L);
        long rows = record.map(StateRecord::rows).orElse(0L);
        if (cube.size() != hours || cube.rows() != rows) {
            throw Remedy.damaged("there are " + cube.rows() + " rows in " + cube.size() + " hours, where " + rows
                    + " rows in " + hours + " hours were stored");
        }
        stored = record.map(r ->
                        stored(r, MetaTable.metadata(database, settings.parser()), cube, CommitTable.load(database)))
                .orElse(null);
        if (stored != null) {
            shown = stored;
        }
    }

    private Stored stored(StateRecord record, TableMetadata metadata, Cube cube, CommitHistory commits) {
        ViewState state = new ViewState(
                spec,
                metadata,
                record.epoch(),
                record.position().version(),
                record.committedAt(),
                record.appliedAt(),
                cube,
                dictionary.dictionary().view(),
                record.distinct(),
                record.files(),
                record.bytes());
        heapBytes = Footprint.of(dictionary.dictionary(), cube).total();
        return new Stored(record, state, commits);
    }

    /** The last stored position; empty before the first step. */
    public Optional<Position> position() {
        return Optional.ofNullable(stored).map(Stored::position);
    }

    /**
     * The newest state; empty before the first step. Where a damaged one was set aside, it is shown until there is another: while
     * there is no {@link #position()}.
     */
    public Optional<ViewState> state() {
        return Optional.ofNullable(shown).map(Stored::state);
    }

    /** The newest state together with the versions that led to it; empty as {@link #state()} is. */
    public Optional<StateHistory> history() {
        return Optional.ofNullable(shown).map(s -> new StateHistory(s.state(), s.commits()));
    }

    /** How many of those that {@link #pin} gave are not closed yet. */
    public int pins() {
        return database.snapshots();
    }

    /**
     * The newest state and the files that are live in it, held still; empty before the first step. Waits while a step is
     * written. How many are open at a time is for the callers to bound.
     *
     * @throws IllegalStateException if the store is closed
     * @throws StateException if a write failed, and what is stored must be looked at first
     */
    public Optional<PinnedFiles> pin() {
        synchronized (showing) {
            Stored shown = stored;
            if (shown == null) {
                return Optional.empty();
            }
            DatabaseSnapshot snapshot = database.snapshot();
            try {
                requireSame(shown, MetaTable.state(snapshot));
                return Optional.of(new Pin(snapshot, shown.state()));
            } catch (RuntimeException | Error e) {
                snapshot.close();
                throw e;
            }
        }
    }

    private static void requireSame(Stored shown, Optional<StateRecord> onDisk) {
        if (onDisk.filter(record -> record.position().equals(shown.position())
                        && record.appliedAt().equals(shown.state().appliedAt()))
                .isEmpty()) {
            throw new StateException(
                    "The last write of the state failed, and what is stored is not known yet. Try again.");
        }
    }

    /**
     * Begins a step; the one before it must be closed.
     *
     * @param metadata under which its files are counted
     * @throws StateException if a write failed before, and the store is still not fit for use, or is at another position now
     */
    public Step begin(TableMetadata metadata) {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        if (step != null) {
            throw new IllegalStateException("the step before is not closed");
        }
        if (inDoubt || database.failed()) {
            mend();
        }
        database.requireUndamaged();
        UnsettledCounts.settle(database);
        if (stored == null) {
            // What a first step left that was cut off.
            database.clear(Family.DISTINCT);
        }
        step = new Step(this, ledger, stored == null ? null : stored.state(), metadata);
        return step;
    }

    /** RocksDB takes no more writes after one that failed; and what failed may have come through, or all may be gone. */
    private void mend() {
        Optional<Position> before = position();
        database.reopen();
        loadAgain();
        if (!position().equals(before)) {
            throw new StateException(
                    "The disk of the state failed, and it was opened anew. There is nothing to be done.");
        }
    }

    private void loadAgain() {
        MetaTable.check(database, identity);
        synchronized (showing) {
            load();
        }
        inDoubt = false;
    }

    /**
     * Sets a damaged state aside, as {@link #openOrStartAnew} does. What was shown is shown until the first step. Writer thread
     * only; no step may be open.
     *
     * @throws StateException if nothing can be put in its place yet; the next step tries again
     */
    public void startAnew() {
        inDoubt = true;
        stored = null;
        database.setAside();
        loadAgain();
    }

    /** What was stored last; empty before the first step. */
    Optional<Stored> last() {
        return Optional.ofNullable(stored);
    }

    /** @throws TooLargeException if the views would take too much of the heap with such a cube */
    void requireRoom(Cube cube) {
        heap.requireViews(dictionary(), cube);
    }

    /** Writes a step, and shows it. */
    ViewState write(Batch batch, StateRecord record, TableMetadata metadata, Cube cube, CommitHistory commits) {
        synchronized (showing) {
            write(batch);
            KillPoint.WRITTEN.pass();
            ledger.setAhead(false);
            stored = stored(record, metadata, cube, commits);
            shown = stored;
            return stored.state();
        }
    }

    /**
     * @param next file that the step is about to add; null: none
     * @throws TooLargeException if a step takes too much of the heap
     */
    void requireRoom(CubeDelta.Builder cells, FileCounts next) {
        Stored last = stored;
        heap.requireStep(
                dictionary(), last == null ? Cube.empty() : last.state().cube(), cells, next);
    }

    /** Takes back all that a step has left, in memory and on disk, and what was left over before it. */
    void forgetStep(LedgerStep entries) {
        step = null;
        Stored last = stored;
        try (Batch batch = newBatch()) {
            dictionary.forgetAllAfter(last == null ? null : last.state().combinations(), batch);
            entries.discard();
            write(batch);
        } catch (RuntimeException | Error e) {
            inDoubt = true;
            throw e;
        }
    }

    Database database() {
        return database;
    }

    Dictionary dictionary() {
        return dictionary.dictionary();
    }

    StoreSettings settings() {
        return settings;
    }

    Batch newBatch() {
        return new Batch(database);
    }

    /** Writes a batch, with whatever the dictionary has learned. */
    void write(Batch batch) {
        dictionary.write(batch);
        inDoubt = true;
        database.write(batch);
        inDoubt = false;
        dictionary.stored();
    }

    void stepClosed() {
        step = null;
    }

    /** Bytes of the heap that the newest state takes, as estimated. For any thread. */
    public long heapBytes() {
        return heapBytes;
    }

    /** Bytes of the heap that a state may take. */
    public long mostHeapBytes() {
        return heap.most();
    }

    /** What was kept by {@link #keepNotes}; empty if nothing was. Writer thread only. */
    public Optional<byte[]> notes() {
        return MetaTable.notes(database);
    }

    /**
     * Keeps some bytes beside the state, in place of those before; of no step, so that losing them harms nothing. Writer thread
     * only.
     *
     * @throws StateException if they cannot be written
     */
    public void keepNotes(byte[] notes) {
        MetaTable.writeNotes(database, notes);
    }

    /** What it takes beside the heap. For any thread. */
    public NativeMemory nativeMemory() {
        return database.nativeMemory();
    }

    /** Bytes on disk. */
    public long bytes() {
        return database.bytes();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (step != null) {
                step.close();
            }
            database.close();
        }
    }
}
