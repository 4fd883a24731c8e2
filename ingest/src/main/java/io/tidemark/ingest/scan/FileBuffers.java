package io.tidemark.ingest.scan;

import io.tidemark.ingest.parquet.ThriftReader;

/** What opening a file needs, and room for what is read of it at once. */
class FileBuffers {
    final ByteBudget budget;
    final FooterReader footer = new FooterReader(new ThriftReader());
    private byte[] file = {};

    FileBuffers(ScanLimits limits) {
        this.budget = new ByteBudget(limits.maxScanBytes());
    }

    /** Room for a small file, a footer or a row group; what was in it may be gone. */
    final byte[] file(int size) {
        file = budget.atLeast(file, size);
        return file;
    }

    final byte[] file() {
        return file;
    }
}
