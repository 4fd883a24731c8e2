package io.tidemark.ingest.scan;

import io.tidemark.ingest.parquet.ThriftReader;
import java.util.ArrayList;
import java.util.List;

/** Everything that one running row scan decodes with, kept for the next one. */
final class RowBuffers extends FileBuffers {
    private static final long WORTH_KEEPING = 32L << 20;

    final ThriftReader thrift = new ThriftReader();
    final int[] selected = new int[ChunkReader.BATCH_ROWS];
    final byte[] wanted = new byte[ChunkReader.BATCH_ROWS];
    final long[] oneTime = new long[ChunkReader.BATCH_ROWS];
    private final ScanLimits limits;
    private final List<RowReader> readers = new ArrayList<>();
    private RowReader timeReader;
    private byte[] group = {};

    RowBuffers(ScanLimits limits) {
        super(limits);
        this.limits = limits;
    }

    RowReader reader(int i) {
        while (readers.size() <= i) {
            readers.add(new RowReader(budget, limits, false));
        }
        return readers.get(i);
    }

    RowReader timeReader() {
        if (timeReader == null) {
            timeReader = new RowReader(budget, limits, true);
        }
        return timeReader;
    }

    /** Room for the columns of a row group, or for its indexes; what was in it may be gone. */
    byte[] group(int size) {
        group = budget.atLeast(group, size);
        return group;
    }

    boolean worthKeeping() {
        return budget.used() <= WORTH_KEEPING;
    }
}
