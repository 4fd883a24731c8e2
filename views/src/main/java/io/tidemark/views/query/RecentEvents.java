package io.tidemark.views.query;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.scan.RowBatch;
import io.tidemark.ingest.scan.RowFilter;
import io.tidemark.ingest.scan.RowProjection;
import io.tidemark.ingest.scan.RowScanner;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.store.LiveFile;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
        TableMetadata metadata = files.metadata();
        HourRange range = HourRange.of(filter);
        // One more than wanted says whether there is another page.
        NewestKeys keys = new NewestKeys(limit + 1);
        Map<String, LiveFile> read = new HashMap<>();
        RowFilter rows = filters.rows(filter, metadata);
        RowProjection times = filters.projection(List.of(), metadata);
        Iterator<LiveFile> newest = new NewestFiles(files, file -> range.mayHold(file) && mayHoldAfter(file, after));
        Iterator<LiveFile> needed = new StopWhen(newest, file -> !keys.wants(latest(file)));
        scan.run(needed, file -> new Found(file, newestOf(file, times, rows, limit + 1, after, scan)), found -> {
            if (!found.keys.isEmpty()) {
                read.put(found.file.file().path(), found.file);
                found.keys.forEach(keys::offer);
            }
        });
        List<EventKey> sorted = keys.sorted();
        List<EventKey> shown = sorted.subList(0, Math.min(limit, sorted.size()));
        List<Column> columns = metadata.columns();
        return new EventPage(
                files.version(),
                files.epoch(),
                columns,
                values(shown, read, filters.projection(columns, metadata), scan),
                sorted.size() > limit ? Optional.of(shown.get(limit - 1)) : Optional.empty());
    }

    private record Found(LiveFile file, List<EventKey> keys) {}

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
                rows,
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

    /** All columns of some rows, in the order of the keys. */
    private List<String[]> values(
            List<EventKey> keys, Map<String, LiveFile> files, RowProjection projection, Scan scan) {
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
        private final java.util.function.Predicate<LiveFile> end;
        private LiveFile next;
        private boolean over;

        StopWhen(Iterator<LiveFile> files, java.util.function.Predicate<LiveFile> end) {
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
                throw new java.util.NoSuchElementException();
            }
            LiveFile taken = next;
            next = null;
            return taken;
        }
    }
}
