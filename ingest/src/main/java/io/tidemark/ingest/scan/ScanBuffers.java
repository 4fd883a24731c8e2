package io.tidemark.ingest.scan;

import io.tidemark.ingest.parquet.ThriftReader;
import java.util.ArrayList;
import java.util.List;

/** Everything that one running scan decodes with, kept for the next scan: nothing of it is allocated per file. */
final class ScanBuffers {

    /** Buffers that grew beyond this are not kept. */
    private static final long WORTH_KEEPING = 32L << 20;

    final ByteBudget budget;
    final FooterReader footer = new FooterReader(new ThriftReader());
    final HourReader hours;
    final int[] live = new int[ChunkReader.BATCH_ROWS];
    private final ScanLimits limits;
    private final List<ValueReader> values = new ArrayList<>();
    private byte[] file = {};

    ScanBuffers(ScanLimits limits) {
        this.limits = limits;
        this.budget = new ByteBudget(limits.maxScanBytes());
        this.hours = new HourReader(budget, limits);
    }

    /** Room for a small file, a footer or a row group; what was in it may be gone. */
    byte[] file(int size) {
        file = budget.atLeast(file, size);
        return file;
    }

    byte[] file() {
        return file;
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
