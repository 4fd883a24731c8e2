package io.tidemark.ingest.scan;

import java.util.concurrent.atomic.LongAdder;

/**
 * The handle on a running piece of work of one or many scans: ends it, and tells how far it is. Safe for use by many threads.
 */
public final class ScanControl {
    private final LongAdder rows = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private volatile boolean cancelled;

    /** Makes the scans throw {@link ScanCancelledException} before their next read or batch, and at once if not yet begun. */
    public void cancel() {
        cancelled = true;
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /** Rows that the scans have gone past so far: matching or not, skipped ones too. */
    public long rowsPassed() {
        return rows.sum();
    }

    /** Bytes read from the store so far. */
    public long bytesRead() {
        return bytes.sum();
    }

    void check() {
        if (cancelled) {
            throw new ScanCancelledException();
        }
    }

    void addRows(long count) {
        rows.add(count);
    }

    void addBytes(long count) {
        bytes.add(count);
    }
}
