package io.tidemark.views.contribution;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.scan.FileScanner;
import io.tidemark.ingest.scan.ScanResult;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.FileCounts;

/** Counts files by scanning them as columns. Keeps nothing between files but where the columns are. */
public final class ScanningFileCounter implements FileCounter {
    /** Bytes that a file may take before it asks, and each time before it asks again. */
    private static final long UNASKED = 1 << 20;

    private final CubeSpec spec;
    private final FileScanner scanner;
    private final ScanObserver observer;
    private final CountingShare share;
    private volatile Known known;

    public ScanningFileCounter(CubeSpec spec, FileScanner scanner) {
        this(spec, scanner, (file, result) -> {});
    }

    /** @param observer told of each file that was scanned, on the thread that scanned it */
    public ScanningFileCounter(CubeSpec spec, FileScanner scanner, ScanObserver observer) {
        this(spec, scanner, observer, new CountingShare(Runtime.getRuntime().maxMemory() / 4));
    }

    ScanningFileCounter(CubeSpec spec, FileScanner scanner, ScanObserver observer, CountingShare share) {
        this.spec = spec;
        this.scanner = scanner;
        this.observer = observer;
        this.share = share;
    }

    @Override
    public FileCounts count(DataFile file, TableMetadata metadata) {
        CubeColumns columns = columns(metadata);
        FileAccumulator accumulator = new FileAccumulator(columns);
        ScanResult scanned;
        FileCounts counts;
        try (CountingShare.Ticket ticket = share.open()) {
            long[] unasked = {UNASKED};
            scanned = scanner.scan(file, columns.projection(), batch -> {
                accumulator.add(batch);
                long bytes = accumulator.heapBytes();
                if (bytes > unasked[0]) {
                    unasked[0] = bytes + UNASKED;
                    if (!ticket.take(unasked[0])) {
                        throw tooLarge(file, accumulator);
                    }
                }
            });
            counts = accumulator.counts();
        }
        if (counts.rows() != scanned.rows()) {
            throw new IllegalStateException(
                    file.id() + ": counted " + counts.rows() + " rows of " + scanned.rows() + " scanned");
        }
        observer.scanned(file, scanned);
        return counts;
    }

    private TableException tooLarge(DataFile file, FileAccumulator accumulator) {
        return new TableException("[" + file.id().path() + "] The first " + accumulator.sizes() + " take more than the "
                + (share.most() >> 20)
                + " MiB of the heap that files may take while they are counted. Give the JVM more"
                + " heap (-Xmx), or write smaller files.");
    }

    private CubeColumns columns(TableMetadata metadata) {
        Known last = known;
        if (last == null || !last.metadata.equals(metadata)) {
            last = new Known(metadata, CubeColumns.of(spec, metadata));
            known = last;
        }
        return last.columns;
    }

    private record Known(TableMetadata metadata, CubeColumns columns) {}
}
