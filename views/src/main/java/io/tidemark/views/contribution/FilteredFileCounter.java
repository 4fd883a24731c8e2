package io.tidemark.views.contribution;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.scan.RowFilter;
import io.tidemark.ingest.scan.RowProjection;
import io.tidemark.ingest.scan.RowScanner;
import io.tidemark.ingest.scan.ScanControl;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.FileCounts;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Counts those rows of a file that pass a filter, exact to the microsecond. Safe for use by many threads. */
public final class FilteredFileCounter {
    private final CubeSpec spec;
    private final RowScanner scanner;

    public FilteredFileCounter(CubeSpec spec, RowScanner scanner) {
        this.spec = spec;
        this.scanner = scanner;
    }

    /**
     * Counts the rows that pass, as {@link FileCounter} does all.
     *
     * @param heap told now and then of how many bytes of the heap this takes by now; may throw
     * @throws io.tidemark.ingest.scan.ScanCancelledException if the control was cancelled
     */
    public FileCounts count(
            DataFile file, TableMetadata metadata, RowFilter filter, ScanControl control, LongConsumer heap) {
        CubeColumns columns = CubeColumns.of(spec, metadata);
        FileAccumulator accumulator = new FileAccumulator(columns);
        RowsAsCells batch = new RowsAsCells();
        scanner.scan(
                file,
                projection(columns),
                filter,
                rows -> {
                    accumulator.add(batch.of(rows));
                    heap.accept(accumulator.heapBytes());
                    return true;
                },
                control);
        return accumulator.counts();
    }

    private static RowProjection projection(CubeColumns columns) {
        List<Column> values = columns.projection().values().stream()
                .map(Optional::orElseThrow)
                .toList();
        return new RowProjection(
                values,
                columns.time(),
                columns.projection().partitionColumns(),
                columns.projection().byFieldId());
    }
}
