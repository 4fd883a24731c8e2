package io.tidemark.views.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What this instance did since its start, by table. For any thread; each number only grows. */
public final class InstanceStatistics {
    private final Map<String, OfTable> tables = new ConcurrentHashMap<>();

    public OfTable of(String table) {
        return tables.computeIfAbsent(table, name -> new OfTable());
    }

    /** Of one table. */
    public static final class OfTable {
        private final LongAdder files = new LongAdder();
        private final LongAdder rows = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        void scanned(long rowsOfFile, long took) {
            files.increment();
            rows.add(rowsOfFile);
            nanos.add(took);
        }

        /** Files counted here. */
        public long filesScanned() {
            return files.sum();
        }

        /** Rows of the files counted here. */
        public long rowsScanned() {
            return rows.sum();
        }

        /** Time in scans, summed over all threads. */
        public long scanNanos() {
            return nanos.sum();
        }
    }
}
