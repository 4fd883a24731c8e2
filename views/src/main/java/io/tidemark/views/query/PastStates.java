package io.tidemark.views.query;

import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.log.TableSnapshot;
import io.tidemark.ingest.scan.RowFilter;
import io.tidemark.views.contribution.FilteredFileCounter;
import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.store.ViewState;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the views were at a version that is over: counted anew from the files of then, as far as log and files are still
 * there. Holds nothing between two calls.
 */
public final class PastStates {
    private final FilterColumns columns;
    private final FilteredFileCounter counter;

    public PastStates(FilterColumns columns, FilteredFileCounter counter) {
        this.columns = columns;
        this.counter = counter;
    }

    /**
     * Counts the rows of a version that pass a filter. What is told of when it was applied here is null: it is not known any
     * more.
     *
     * @param now the state that is served; the past is told as one of its epoch
     * @param distinct whether distinct values are counted; without it, their number means nothing
     * @throws io.tidemark.ingest.log.TableException if a file of then cannot be read or is gone
     * @throws ScanStoppedException if the scan was stopped
     * @throws ScanTooLargeException if it would hold too much in memory
     */
    public ViewState of(TableSnapshot snapshot, ViewState now, Filter filter, boolean distinct, Scan scan) {
        TableMetadata metadata = snapshot.metadata();
        RowFilter rows = columns.rows(filter, metadata);
        LongAdder files = new LongAdder();
        LongAdder bytes = new LongAdder();
        try (ScannedSum sum =
                new ScannedSum(new Dictionary(now.spec().dimensions().size()), hour -> true, distinct, scan)) {
            scan.run(
                    snapshot.files(),
                    file -> {
                        FileCounts counts = scan.count(counter, file, metadata, rows, 0);
                        files.increment();
                        bytes.add(file.size());
                        return counts;
                    },
                    sum::add);
            return new ViewState(
                    now.spec(),
                    metadata,
                    now.epoch(),
                    snapshot.version(),
                    snapshot.committedAt(),
                    null,
                    Cube.empty().plus(sum.cells()),
                    sum.combinations(),
                    sum.distinct(),
                    files.sum(),
                    bytes.sum());
        }
    }
}
