package io.tidemark.views.contribution;

import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.scan.FileScanner;
import io.tidemark.ingest.scan.ScanResult;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.FileCounts;

/** Counts files by scanning them as columns. Keeps nothing between files but where the columns are. */
public final class ScanningFileCounter implements FileCounter {
    private final CubeSpec spec;
    private final FileScanner scanner;
    private final ScanObserver observer;
    private volatile Known known;

    public ScanningFileCounter(CubeSpec spec, FileScanner scanner) {
        this(spec, scanner, (file, result) -> {});
    }

    /** @param observer told of each file that was scanned, on the thread that scanned it */
    public ScanningFileCounter(CubeSpec spec, FileScanner scanner, ScanObserver observer) {
        this.spec = spec;
        this.scanner = scanner;
        this.observer = observer;
    }

    @Override
    public FileCounts count(DataFile file, TableMetadata metadata) {
        CubeColumns columns = columns(metadata);
        FileAccumulator accumulator = new FileAccumulator(columns);
        ScanResult scanned = scanner.scan(file, columns.projection(), accumulator::add);
        FileCounts counts = accumulator.counts();
        if (counts.rows() != scanned.rows()) {
            throw new IllegalStateException(
                    file.id() + ": counted " + counts.rows() + " rows of " + scanned.rows() + " scanned");
        }
        observer.scanned(file, scanned);
        return counts;
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
