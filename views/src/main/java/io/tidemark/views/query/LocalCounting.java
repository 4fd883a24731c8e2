package io.tidemark.views.query;

import io.tidemark.ingest.scan.RowFilter;
import io.tidemark.views.contribution.FilteredFileCounter;
import io.tidemark.views.cube.FileCounts;
import io.tidemark.views.store.LiveFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Counts files in this process. Those of which all rows pass are looked up, if they are known here; the others are read. */
final class LocalCounting implements FileCounting {
    private final FilterColumns columns;
    private final FilteredFileCounter counter;
    private final FileLedger ledger;

    LocalCounting(FilterColumns columns, FilteredFileCounter counter, FileLedger ledger) {
        this.columns = columns;
        this.counter = counter;
        this.ledger = ledger;
    }

    @Override
    public void count(FileWork work, List<LiveFile> files, Scan scan, Consumer<FileCounts> sink) {
        RowFilter rows = columns.rows(work.filter(), work.metadata());
        HourRange range = HourRange.of(work.filter());
        boolean everyValue = work.filter().values().isEmpty();
        scan.run(
                files.iterator(),
                file -> {
                    Optional<FileCounts> known =
                            everyValue && range.holdsAllOf(file) ? ledger.counts(file) : Optional.empty();
                    return known.orElseGet(() -> scan.count(counter, file.file(), work.metadata(), rows, file.rows()));
                },
                sink);
    }
}
