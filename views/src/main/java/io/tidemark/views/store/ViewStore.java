package io.tidemark.views.store;

import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.tail.Position;
import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.cube.DictionaryCodec;
import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.cube.Footprint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
    private static final String DATABASE = "rocksdb";

    private volatile long heapBytes;
    /** Held from before a step is written until it is shown: what is on disk is of another step than what is shown. */
    private final Object showing = new Object();

    private long toldFiles; // of a replica: live files so far
    private volatile Stored stored; // null: before the first step
    /** What readers see: the same, but while one that was set aside is built anew, the last of that; null: nothing yet. */
    private volatile Stored shown;

    /** What was stored last; one reference, so that its parts are of one step. */
    private record Stored(StateRecord record, ViewState state, CommitHistory commits) {
        Position position() {
            return record.position();
        }
    }

    private ViewStore(Database database, StoreIdentity identity, StoreSettings settings) {
        this.database = database;
        this.identity = identity;
        this.spec = identity.spec();
        this.settings = settings;
        this.heap = new HeapShare(spec, settings.heapBytes());
    }

    /** Where RocksDB's own files are in a state directory. */
    static Path database(Path directory) {
        return directory.resolve(DATABASE);
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
        try {
            return open(directory, spec, tableUri);
        } catch (DamagedStateException e) {
            SetAside.move(directory.resolve(DATABASE));
            told.accept(e.found());
            return open(directory, spec, tableUri);
        }
    }

    static ViewStore open(Path directory, CubeSpec spec, String tableUri, StoreSettings settings) {
        StoreIdentity identity = new StoreIdentity(tableUri, spec);
        OlderFormat.identity(directory.resolve(DATABASE)).ifPresent(identity::check);
        Database database = DatabaseOptions.open(directory.resolve(DATABASE));
        try {
            MetaTable.check(database, identity);
            ViewStore store = new ViewStore(database, identity, settings);
            store.load();
            return store;
        } catch (TooLargeException e) {
            database.close();
            throw new StateException(e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    /**
     * Opens a directory for a table whose steps are made elsewhere and told to this store. What is there from before is deleted:
     * all of it is told anew.
     *
     * @throws StateException if the directory is in use, or cannot be written
     */
    public static ViewStore openReplica(Path directory, CubeSpec spec, String tableUri) {
        Path path = directory.resolve(DATABASE);
        Database database;
        try {
            database = DatabaseOptions.open(path);
        } catch (DamagedStateException e) {
            SetAside.move(path);
            database = DatabaseOptions.open(path);
        }
        try {
            database.clear();
            // Under a name that no table has, so that nobody who makes steps takes it for a state of his.
            StoreIdentity identity = new StoreIdentity("replica of " + tableUri, spec);
            MetaTable.check(database, identity);
            ViewStore store = new ViewStore(database, identity, StoreSettings.DEFAULT);
            store.load();
            return store;
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    /**
     * Takes the next entry of the dictionary, which is told before what speaks of it.
     *
     * @throws StateException if it is not the next one
     */
    public void learn(int dimension, int number, byte[] value) {
        try {
            DictionaryCodec.add(dictionary(), dimension, number, value);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Remedy.damaged("what was told of the dictionary does not follow what was known", e);
        }
    }

    /** Takes files of the first step that will be taken ahead of it, so that not all of them need be in memory. */
    public void stage(Map<FileKey, Optional<byte[]>> files) {
        if (stored != null) {
            throw new IllegalStateException("a state is shown, which these are not of");
        }
        toldFiles += more(files);
        try (Batch batch = newBatch()) {
            put(files, batch);
            write(batch);
        }
    }

    /**
     * Takes a step that was made elsewhere, and shows it.
     *
     * @return empty if what was told does not add up to the state, since a later step has taken some of it away: nothing was
     *     taken, and the next step is to tell all of it again
     * @throws TooLargeException if the views would take too much of the heap; nothing was taken
     * @throws StateException if the store cannot be written
     */
    public Optional<Applied> take(ToldStep told) {
        ViewState before = stored == null ? null : stored.state();
        Cube old = before == null ? Cube.empty() : before.cube();
        CubeDelta delta = told.from(old);
        Cube cube = old.plus(delta);
        long files = toldFiles + more(told.files());
        if (!told.addsUpTo(cube) || files != told.record().files()) {
            return Optional.empty();
        }
        heap.requireViews(dictionary(), cube);
        StateRecord record = told.record();
        boolean anew = before == null || !before.epoch().equals(record.epoch());
        try (Batch batch = newBatch()) {
            put(told.files(), batch);
            MetaTable.write(batch, record, anew || !told.metadata().equals(before.metadata()) ? told.metadata() : null);
            synchronized (showing) {
                write(batch);
                toldFiles = files;
                show(stored(record, told.metadata(), cube, told.commits()));
            }
        }
        return Optional.of(new Applied(stored.state(), delta, anew));
    }

    private long more(Map<FileKey, Optional<byte[]>> files) {
        long more = 0;
        for (Map.Entry<FileKey, Optional<byte[]>> file : files.entrySet()) {
            boolean was = database.has(Family.FILES, file.getKey().bytes());
            more += (file.getValue().isPresent() ? 1 : 0) - (was ? 1 : 0);
        }
        return more;
    }

    private static void put(Map<FileKey, Optional<byte[]>> files, Batch batch) {
        files.forEach((file, value) -> {
            if (value.isPresent()) {
                batch.put(Family.FILES, file.bytes(), value.get());
            } else {
                batch.delete(Family.FILES, file.bytes());
            }
        });
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

    private void show(Stored next) {
        stored = next;
        shown = next;
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

    Applied commit(
            StepChanges changes,
            Position position,
            TableMetadata metadata,
            Optional<String> epoch,
            StepEffect.Kind kind,
            List<CommitNote> notes) {
        ViewState before = stored == null ? null : stored.state();
        Cube cube = plus(before == null ? Cube.empty() : before.cube(), changes);
        heap.requireViews(dictionary(), cube);
        try (Batch batch = newBatch()) {
            Totals totals = totals(before, changes, batch);
            StateRecord record = new StateRecord(
                    position,
                    epoch.or(() -> Optional.ofNullable(before).map(ViewState::epoch))
                            .orElseGet(ViewStore::newEpoch),
                    notes.get(notes.size() - 1).committedAt(),
                    Instant.now(),
                    totals.distinct(),
                    totals.files(),
                    totals.bytes(),
                    cube.size(),
                    cube.rows());
            Hours.write(cube, changes.cells(), batch);
            changes.entries().write(batch);
            MetaTable.write(batch, record, before == null || !metadata.equals(before.metadata()) ? metadata : null);
            boolean anew = before == null || epoch.isPresent();
            CommitHistory earlier = stored == null ? CommitHistory.NONE : stored.commits();
            List<CommitEntry> added = StepAccount.entries(
                    stored == null ? null : stored.record(),
                    changes.cells(),
                    changes.added(),
                    changes.removed(),
                    record,
                    kind,
                    notes,
                    anew,
                    dictionary());
            CommitHistory commits = (anew ? CommitHistory.NONE : earlier).plus(added);
            CommitTable.write(batch, earlier, added, commits, anew);
            synchronized (showing) {
                write(batch);
                KillPoint.WRITTEN.pass();
                ledger.setAhead(false);
                show(stored(record, metadata, cube, commits));
            }
        }
        return new Applied(stored.state(), changes.cells(), before == null || epoch.isPresent());
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

    private static Cube plus(Cube cube, StepChanges changes) {
        try {
            return cube.plus(changes.cells());
        } catch (IllegalStateException e) {
            throw Remedy.damaged("more rows would be taken back than there are", e);
        }
    }

    private static Totals totals(ViewState before, StepChanges changes, Batch batch) {
        Totals totals = before == null ? Totals.NONE : new Totals(before.distinct(), before.files(), before.bytes());
        long moreDistinct = changes.distinct().write(batch);
        try {
            return totals.plus(moreDistinct, changes.added(), changes.removed());
        } catch (IllegalStateException e) {
            throw Remedy.damaged(e.getMessage(), e);
        }
    }

    private static String newEpoch() {
        return UUID.randomUUID().toString().substring(0, 18);
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
