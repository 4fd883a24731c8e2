package io.tidemark.views.query;

import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.FileId;
import io.tidemark.ingest.log.TableException;
import io.tidemark.views.store.Applied;
import io.tidemark.views.store.PinnedFiles;
import io.tidemark.views.store.ViewState;
import io.tidemark.views.store.ViewStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest rows of the whole table, kept from one version to the next: of what was committed since, only the files that were
 * added are read, and the rows of those that left are dropped. Made when first asked for. Safe for use by many threads.
 *
 * <p>Rows are known up to a horizon, the last that was kept when older ones were left out: what is newer is here, all of it. When
 * too many have gone, it is begun anew.
 */
final class NewestRows {
    private static final int KEPT = 501;
    private static final int MOST_FILES = 256;
    private static final long MOST_CHARACTERS = 8 << 20;
    private static final long MOST_WAITED_MILLIS = 500;

    /** A row, and the logical file that it leaves with. */
    record Row(FileId file, String[] values) {}

    /** A step that was stored, and the commits it is of; none if it is not known what it did to files. */
    private record Told(ViewState state, List<Commit> commits) {}

    private final ViewStore store;
    private final RecentEvents events;
    /** Held while rows are read: whoever else comes meanwhile waits a little, and then scans on its own. */
    private final ReentrantLock reading = new ReentrantLock();

    // Guarded by this.
    private final Deque<Told> told = new ArrayDeque<>();
    private List<Commit> begun = List.of();
    private int files;
    private boolean wanted;

    // For whoever holds the lock.
    private final TreeMap<EventKey, Row> rows = new TreeMap<>();
    private Optional<EventKey> horizon = Optional.empty(); // empty: all rows of the table are here
    private ViewState state; // null: nothing is known

    NewestRows(ViewStore store, RecentEvents events) {
        this.store = store;
        this.events = events;
    }

    /** On the writer's thread. */
    synchronized void begin(List<Commit> commits) {
        begun = commits;
    }

    /** On the writer's thread. */
    synchronized void done(Applied step) {
        if (!wanted) {
            return;
        }
        told.add(new Told(step.state(), step.newEpoch() ? List.of() : begun));
        files += begun.stream()
                .mapToInt(commit -> commit.adds().size() + commit.removes().size())
                .sum();
        if (files > MOST_FILES) {
            // Nobody asked for long: to begin anew costs less.
            wanted = false;
            told.clear();
            files = 0;
        }
    }

    /**
     * The first page; empty if it has to be scanned for: too long, or being made for somebody else and not done soon.
     *
     * @throws ScanStoppedException if the scan was stopped
     */
    Optional<EventPage> page(int limit, Scan scan) {
        if (limit >= KEPT || !lock()) {
            return Optional.empty();
        }
        try {
            ViewState served = store.state().orElseThrow();
            if (!goOn(scan) || state.version() < served.version() || !has(limit)) {
                beginAnew(scan);
            }
            return has(limit) && state.version() >= served.version() ? Optional.of(first(limit)) : Optional.empty();
        } catch (RuntimeException | Error e) {
            state = null;
            if (e instanceof TableException) {
                // It may be gone with a newer version: who scans finds out.
                return Optional.empty();
            }
            throw e;
        } finally {
            reading.unlock();
        }
    }

    /** Mostly a few small files are being read, which is sooner done than another scan of the table. */
    private boolean lock() {
        try {
            return reading.tryLock(MOST_WAITED_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean has(int limit) {
        return state != null && (rows.size() > limit || horizon.isEmpty());
    }

    private EventPage first(int limit) {
        List<EventKey> keys = new ArrayList<>(limit);
        List<String[]> values = new ArrayList<>(limit);
        for (Map.Entry<EventKey, Row> row : rows.entrySet()) {
            if (keys.size() == limit) {
                break;
            }
            keys.add(row.getKey());
            values.add(row.getValue().values());
        }
        return new EventPage(
                state.version(),
                state.epoch(),
                state.metadata().columns(),
                values,
                rows.size() > limit ? Optional.of(keys.get(limit - 1)) : Optional.empty());
    }

    /** False if it is not known what became of the rows. */
    private boolean goOn(Scan scan) {
        List<Told> steps;
        synchronized (this) {
            if (!wanted) {
                return false;
            }
            steps = new ArrayList<>(told);
            told.clear();
            files = 0;
        }
        if (state == null) {
            return false;
        }
        Map<FileId, DataFile> added = new LinkedHashMap<>();
        ViewState last = state;
        for (Told step : steps) {
            if (step.state().version() <= last.version() && step.state().epoch().equals(last.epoch())) {
                continue;
            }
            if (step.commits().isEmpty()
                    || !step.state().epoch().equals(last.epoch())
                    || !step.state().metadata().columns().equals(last.metadata().columns())) {
                return false;
            }
            for (Commit commit : step.commits()) {
                commit.removes().forEach(file -> {
                    added.remove(file);
                    rows.values().removeIf(row -> row.file().equals(file));
                });
                commit.adds().forEach(file -> added.put(file.id(), file));
            }
            last = step.state();
        }
        if (!added.isEmpty()) {
            Map<EventKey, Row> more = events.newest(List.copyOf(added.values()), last.metadata(), KEPT, scan);
            rows.putAll(more);
            if (more.size() == KEPT) {
                // There may be others after them.
                EventKey end = Collections.max(more.keySet());
                horizon = Optional.of(
                        horizon.filter(known -> known.compareTo(end) < 0).orElse(end));
            }
            trim();
        }
        state = last;
        return true;
    }

    /** Keeps no more than is wanted, and nothing behind the horizon. */
    private void trim() {
        horizon.ifPresent(end -> rows.tailMap(end, false).clear());
        if (rows.size() > 2 * KEPT) {
            while (rows.size() > KEPT) {
                rows.pollLastEntry();
            }
            horizon = Optional.of(rows.lastKey());
        }
    }

    private void beginAnew(Scan scan) {
        state = null;
        rows.clear();
        synchronized (this) {
            wanted = true;
            told.clear();
            files = 0;
        }
        // What is told from here on is of a later version than this, or known by its number to be in it.
        try (PinnedFiles pinned = store.pin().orElseThrow()) {
            RecentEvents.Found found = events.newest(new ServedFiles(pinned), KEPT, scan);
            rows.putAll(found.rows());
            horizon = found.more() ? Optional.of(rows.lastKey()) : Optional.empty();
            state = pinned.state();
        }
        long characters = 0;
        for (Row row : rows.values()) {
            for (String value : row.values()) {
                characters += value == null ? 0 : value.length();
            }
        }
        if (characters > MOST_CHARACTERS) {
            state = null;
            rows.clear();
        }
    }
}
