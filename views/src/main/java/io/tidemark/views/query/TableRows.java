package io.tidemark.views.query;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.scan.RowConsumer;
import io.tidemark.ingest.scan.RowFilter;
import io.tidemark.ingest.scan.RowProjection;
import io.tidemark.ingest.scan.RowScanner;
import io.tidemark.ingest.scan.ScanCancelledException;
import io.tidemark.ingest.scan.ScanControl;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.query.ScanStoppedException.Cause;
import io.tidemark.views.store.LiveFile;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * All columns of the rows of one version that match a filter, file by file.
 *
 * <p>The order of rows is part of what is promised: files by their paths, rows as they lie in the file. It depends on the version
 * alone. The files must stay open for as long as this is used.
 */
public final class TableRows {
    private final Optional<VersionFiles> files; // empty: they are brought
    private final FileWork work;
    private final RowScanner scanner;
    private final RowProjection projection;
    private final RowFilter filter;
    private final HourRange range;

    public TableRows(VersionFiles files, Filter filter, FilterColumns columns, RowScanner scanner) {
        this(Optional.of(files), new FileWork(files.metadata(), filter), columns, scanner);
    }

    /** Of files that are not listed here, but brought. */
    TableRows(FileWork work, FilterColumns columns, RowScanner scanner) {
        this(Optional.empty(), work, columns, scanner);
    }

    private TableRows(Optional<VersionFiles> files, FileWork work, FilterColumns columns, RowScanner scanner) {
        this.files = files;
        this.work = work;
        this.scanner = scanner;
        this.projection = columns.projection(work.metadata().columns(), work.metadata());
        this.filter = columns.rows(work.filter(), work.metadata());
        this.range = HourRange.of(work.filter());
    }

    /** How its files are read. */
    public FileWork work() {
        return work;
    }

    /** The table's, in its order. */
    public List<Column> columns() {
        return projection.columns();
    }

    /**
     * The files that may have such rows, in order. Not for more than one thread.
     *
     * @param control ends the walk too: then it throws {@link ScanStoppedException}
     */
    public Iterator<LiveFile> files(ScanControl control) {
        return OrderedFiles.byPath(files.orElseThrow(), file -> {
            if (control.isCancelled()) {
                throw new ScanStoppedException(Cause.CANCELLED);
            }
            return range.mayHold(file);
        });
    }

    /**
     * Reads the rows of one file, on the caller's thread. For any number of threads at once.
     *
     * @throws ScanStoppedException if the control was cancelled
     * @throws io.tidemark.ingest.log.TableException if the file cannot be read
     */
    public void read(LiveFile file, RowConsumer consumer, ScanControl control) {
        try {
            scanner.scan(file.file(), projection, filter, consumer, control);
        } catch (ScanCancelledException e) {
            throw new ScanStoppedException(Cause.CANCELLED);
        }
    }
}
