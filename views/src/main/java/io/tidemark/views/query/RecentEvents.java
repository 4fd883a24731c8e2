package io.tidemark.views.query;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.scan.RowBatch;
import io.tidemark.ingest.scan.RowFilter;
import io.tidemark.ingest.scan.RowProjection;
import io.tidemark.ingest.scan.RowScanner;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.store.LiveFile;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The newest rows of a table. Files are read from the one with the newest hour on, and only as far as an older one could still
 * hold a row of the page: first only times and what the filter is about, then all columns of the rows that are on it.
 */
public final class RecentEvents {
    private static final long MICROS_PER_HOUR = 3_600_000_000L;

    private final FilterColumns filters;
    private final RowScanner scanner;

    public RecentEvents(FilterColumns filters, RowScanner scanner) {
        this.filters = filters;
        this.scanner = scanner;
    }

    /**
     * Reads one page.
     *
     * @param limit rows of the page
     * @param after the last row of the page before; empty: from the newest on
     * @throws ScanStoppedException if the scan was stopped
     * @throws io.tidemark.ingest.log.TableException if a file cannot be read
     */
    public EventPage page(VersionFiles files, Filter filter, int limit, Optional<EventKey> after, Scan scan) {
        HourRange range = HourRange.of(filter);
        Iterator<LiveFile> newest = OrderedFiles.newestFirst(files, file -> {
            scan.check();
            return range.mayHold(file) && mayHoldAfter(file, after);
        });
        // One more than wanted says whether there is another page.
        Places places = find(newest, filters.rows(filter, files.metadata()), files.metadata(), limit + 1, after, scan);
        boolean more = places.keys.size() > limit;
        List<EventKey> shown = more ? places.keys.subList(0, limit) : places.keys;
        return new EventPage(
                files.version(),
                files.epoch(),
                files.metadata().columns(),
                values(shown, places.files, files.metadata(), scan),
                more ? Optional.of(shown.get(limit - 1)) : Optional.empty());
    }

    /**
     * Rows, and where they are.
     *
     * @param more whether there are others after them
     */
    record Found(Map<EventKey, NewestRows.Row> rows, boolean more) {}

    /** The newest rows of a version. */
    Found newest(VersionFiles files, int most, Scan scan) {
        Iterator<LiveFile> newest = OrderedFiles.newestFirst(files, file -> {
            scan.check();
            return true;
        });
        Places places = find(newest, RowFilter.ALL, files.metadata(), most + 1, Optional.empty(), scan);
        boolean more = places.keys.size() > most;
        return new Found(
                rows(more ? places.keys.subList(0, most) : places.keys, places.files, files.metadata(), scan), more);
    }

    /** The newest rows of some files. */
    Map<EventKey, NewestRows.Row> newest(List<DataFile> files, TableMetadata metadata, int most, Scan scan) {
        Iterator<LiveFile> all = files.stream()
                .map(file -> new LiveFile(file, 0, HourBlock.NO_TIME + 1, Long.MAX_VALUE, true))
                .iterator();
        Places places = find(all, RowFilter.ALL, metadata, most, Optional.empty(), scan);
        return rows(places.keys, places.files, metadata, scan);
    }

    private Map<EventKey, NewestRows.Row> rows(
            List<EventKey> keys, Map<String, LiveFile> files, TableMetadata metadata, Scan scan) {
        List<String[]> values = values(keys, files, metadata, scan);
        Map<EventKey, NewestRows.Row> rows = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            EventKey key = keys.get(i);
            rows.put(key, new NewestRows.Row(files.get(key.path()).file().id(), values.get(i)));
        }
        return rows;
    }

    /** Keys in order, and the files that they are in, by path. */
    private record Places(List<EventKey> keys, Map<String, LiveFile> files) {}

    private Places find(
            Iterator<LiveFile> newestFirst,
            RowFilter rows,
            TableMetadata metadata,
            int most,
            Optional<EventKey> after,
            Scan scan) {
        NewestKeys keys = new NewestKeys(most);
        Map<String, LiveFile> read = new HashMap<>();
        RowProjection times = filters.projection(List.of(), metadata);
        Iterator<LiveFile> needed = new StopWhen(newestFirst, file -> !keys.wants(latest(file)));
        scan.run(needed, file -> new Newest(file, newestOf(file, times, rows, most, after, scan)), found -> {
            if (!found.keys.isEmpty()) {
                read.put(found.file.file().path(), found.file);
                found.keys.forEach(keys::offer);
            }
        });
        return new Places(keys.sorted(), read);
    }

    private record Newest(LiveFile file, List<EventKey> keys) {}

    private static boolean mayHoldAfter(LiveFile file, Optional<EventKey> after) {
        return after.isEmpty()
                || file.hasNoTime()
                || (file.hasTimes() && earliest(file) <= after.get().micros());
    }

    /** The latest time that a row of a file may have. */
    private static long latest(LiveFile file) {
        return file.hasTimes() ? lastMicro(file.lastHour()) : RowBatch.NO_TIME;
    }

    private static long earliest(LiveFile file) {
        long limit = Long.MIN_VALUE / MICROS_PER_HOUR;
        return file.firstHour() <= limit ? Long.MIN_VALUE : file.firstHour() * MICROS_PER_HOUR;
    }

    private static long lastMicro(long hour) {
        long limit = Long.MAX_VALUE / MICROS_PER_HOUR;
        return hour >= limit ? Long.MAX_VALUE : hour * MICROS_PER_HOUR + MICROS_PER_HOUR - 1;
    }

    private List<EventKey> newestOf(
            LiveFile file, RowProjection times, RowFilter rows, int limit, Optional<EventKey> after, Scan scan) {
        String path = file.file().path();
        NewestKeys keys = new NewestKeys(limit);
        scanner.scan(
                file.file(),
                times,
                notAfter(rows, file, after),
                batch -> {
                    long[] micros = batch.micros();
                    for (int i = 0; i < batch.rows(); i++) {
                        if (keys.wants(micros[i])) {
                            EventKey key = new EventKey(micros[i], path, batch.position(i));
                            if (after.isEmpty() || key.compareTo(after.get()) > 0) {
                                keys.offer(key);
                            }
                        }
                    }
                    return true;
                },
                scan.control());
        scan.looked(file.rows());
        return keys.sorted();
    }

    /** Leaves out row groups with times later than those wanted, where rows without a time cannot be meant. */
    private static RowFilter notAfter(RowFilter rows, LiveFile file, Optional<EventKey> after) {
        boolean narrower = after.isPresent()
                && !file.hasNoTime()
                && after.get().micros() != RowBatch.NO_TIME
                && after.get().micros() < rows.to() - 1;
        return narrower ? new RowFilter(rows.from(), after.get().micros() + 1, rows.conditions()) : rows;
    }

    /** All columns of some rows, in the order of the keys. */
    private List<String[]> values(List<EventKey> keys, Map<String, LiveFile> files, TableMetadata metadata, Scan scan) {
        RowProjection projection = filters.projection(metadata.columns(), metadata);
        Map<String, TreeMap<Long, Integer>> places = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            places.computeIfAbsent(keys.get(i).path(), path -> new TreeMap<>())
                    .put(keys.get(i).position(), i);
        }
        String[][] rows = new String[keys.size()][];
        scan.run(
                places.entrySet().iterator(),
                file -> fetch(files.get(file.getKey()), file.getValue(), projection, scan),
                fetched -> fetched.forEach((place, values) -> rows[place] = values));
        return List.of(rows);
    }

    private Map<Integer, String[]> fetch(
            LiveFile file, TreeMap<Long, Integer> places, RowProjection projection, Scan scan) {
        long[] positions = places.keySet().stream().mapToLong(Long::longValue).toArray();
        Map<Integer, String[]> rows = new HashMap<>();
        scanner.fetch(
                file.file(),
                projection,
                positions,
                batch -> {
                    for (int i = 0; i < batch.rows(); i++) {
                        rows.put(places.get(batch.position(i)), RowTexts.of(batch, i, projection.columns()));
                    }
                    return true;
                },
                scan.control());
        return rows;
    }

    /** Ends before the first element that meets a condition, which is asked anew for each. */
    private static final class StopWhen implements Iterator<LiveFile> {
        private final Iterator<LiveFile> files;
        private final Predicate<LiveFile> end;
        private LiveFile next;
        private boolean over;

        StopWhen(Iterator<LiveFile> files, Predicate<LiveFile> end) {
            this.files = files;
            this.end = end;
        }

        @Override
        public boolean hasNext() {
            if (next == null && !over) {
                next = files.hasNext() ? files.next() : null;
            }
            over |= next == null || end.test(next);
            return !over;
        }

        @Override
        public LiveFile next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            LiveFile taken = next;
            next = null;
            return taken;
        }
    }
}
