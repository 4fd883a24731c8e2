package io.tidemark.ingest.scan;

import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.DataFile;
import java.util.ArrayDeque;
import java.util.Objects;

/**
 * Reads rows of Parquet files, with the decoders of {@link ParquetScanner} and buffers of its own: however many exports run,
 * the tailer's scans find theirs.
 */
public final class ParquetRowScanner implements RowScanner {
    private final TableFiles files;
    private final ScanLimits limits;
    private final ArrayDeque<RowBuffers> pool = new ArrayDeque<>();

    public ParquetRowScanner(TableFiles files, ScanLimits limits) {
        this.files = Objects.requireNonNull(files, "files");
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    @Override
    public ScanResult scan(
            DataFile file, RowProjection projection, RowFilter filter, RowConsumer consumer, ScanControl control) {
        control.check();
        return scan(file, new RowSlots(projection, filter, null), consumer, control);
    }

    @Override
    public ScanResult fetch(
            DataFile file, RowProjection projection, long[] positions, RowConsumer consumer, ScanControl control) {
        control.check();
        for (int i = 1; i < positions.length; i++) {
            if (positions[i - 1] >= positions[i]) {
                throw new IllegalArgumentException("positions are not ascending at " + i);
            }
        }
        return scan(file, new RowSlots(projection, RowFilter.ALL, positions.clone()), consumer, control);
    }

    private ScanResult scan(DataFile file, RowSlots slots, RowConsumer consumer, ScanControl control) {
        RowBuffers buffers = borrow();
        // A scan that fails does not give its buffers back: nobody need think about what state they are in.
        ScanResult result;
        try (RowScan scan = new RowScan(files, limits, buffers, file, slots, control)) {
            boolean more = true;
            while (more && ScanSteps.step(file, scan)) {
                more = consumer.accept(scan);
            }
            result = scan.result();
        }
        giveBack(buffers);
        return result;
    }

    private RowBuffers borrow() {
        synchronized (pool) {
            RowBuffers kept = pool.poll();
            return kept != null ? kept : new RowBuffers(limits);
        }
    }

    private void giveBack(RowBuffers buffers) {
        if (buffers.worthKeeping()) {
            synchronized (pool) {
                if (pool.size() < limits.pooledScans()) {
                    pool.push(buffers);
                }
            }
        }
    }
}
