package io.tidemark.ingest.scan;

import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.DataFile;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Scans Parquet files of a table, without Parquet's own reader: see {@code docs/design/scanner.md} for what is read and why.
 *
 * <p>Every encoding and page version of the specification is read for flat columns; the codecs are UNCOMPRESSED, SNAPPY, GZIP,
 * ZSTD and LZ4_RAW. What is not read is refused by its name.
 */
public final class ParquetScanner implements FileScanner {
    private final TableFiles files;
    private final ScanLimits limits;
    private final ArrayDeque<ScanBuffers> pool = new ArrayDeque<>();

    public ParquetScanner(TableFiles files, ScanLimits limits) {
        this.files = Objects.requireNonNull(files, "files");
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    @Override
    public ScanResult scan(DataFile file, Projection projection, Consumer<ColumnBatch> consumer) {
        ScanBuffers buffers = borrow();
        // A scan that fails does not give its buffers back: nobody need think about what state they are in.
        ScanResult result = scan(file, projection, consumer, buffers);
        giveBack(buffers);
        return result;
    }

    private ScanResult scan(DataFile file, Projection projection, Consumer<ColumnBatch> consumer, ScanBuffers buffers) {
        FileScan scan = new FileScan(files, limits, buffers, file, projection);
        try (scan) {
            while (ScanSteps.step(file, scan)) {
                consumer.accept(scan);
            }
            return scan.result();
        }
    }

    private ScanBuffers borrow() {
        synchronized (pool) {
            ScanBuffers kept = pool.poll();
            return kept != null ? kept : new ScanBuffers(limits);
        }
    }

    private void giveBack(ScanBuffers buffers) {
        if (buffers.worthKeeping()) {
            synchronized (pool) {
                if (pool.size() < limits.pooledScans()) {
                    pool.push(buffers);
                }
            }
        }
    }
}
