package io.tidemark.ingest.scan;

import java.util.ArrayList;
import java.util.List;

/** Everything that one running scan decodes with, kept for the next scan: nothing of it is allocated per file. */
final class ScanBuffers extends FileBuffers {

    /** Buffers that grew beyond this are not kept. */
    private static final long WORTH_KEEPING = 32L << 20;

    final HourReader hours;
    final int[] live = new int[ChunkReader.BATCH_ROWS];
    private final ScanLimits limits;
    private final List<ValueReader> values = new ArrayList<>();

    ScanBuffers(ScanLimits limits) {
        super(limits);
        this.limits = limits;
        this.hours = new HourReader(budget, limits);
    }

    ValueReader values(int i) {
        while (values.size() <= i) {
            values.add(new ValueReader(budget, limits));
        }
        return values.get(i);
    }

    boolean worthKeeping() {
        return budget.used() <= WORTH_KEEPING;
    }
}
