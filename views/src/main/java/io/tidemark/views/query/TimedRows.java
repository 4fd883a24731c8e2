package io.tidemark.views.query;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.scan.RowBatch;
import io.tidemark.ingest.scan.RowFilter;
import io.tidemark.ingest.scan.RowProjection;
import io.tidemark.ingest.scan.RowScanner;
import io.tidemark.ingest.scan.ScanResult;
import io.tidemark.ingest.scan.ValueDictionary;
import io.tidemark.views.contribution.ValueIds;
import io.tidemark.views.store.LiveFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads ids, times and values of rows, several files at a time, and gives them to one tally, a batch at a time. What both hold is
 * within what all scans together may hold.
 */
final class TimedRows implements AutoCloseable {
    /** Files that are in memory at once. */
    private static final int AT_A_TIME = 1024;

    private final RowScanner scanner;
    private final Scan scan;
    private final ScanHeap.Holding holding;

    // All below is guarded by this while files are read.
    private final ValueIds ids = new ValueIds();
    private final Tally tally;
    private long noId;
    private long noTime;

    /** Counts rows; called by one thread at a time. */
    interface Tally {
        /** @param value number of the row's value; 0 if no values were asked for */
        void add(int id, long micros, int value);

        long heapBytes();
    }

    TimedRows(RowScanner scanner, Tally tally, Scan scan) {
        this.scanner = scanner;
        this.tally = tally;
        this.scan = scan;
        this.holding = scan.holding();
    }

    /**
     * Which rows, and what of them.
     *
     * @param projection the id first; then the column of values, if there is another one
     * @param values numbers by value; what else passes the filter must not be there. Empty: no values
     */
    record Wanted(HourRange range, RowFilter rows, RowProjection projection, Map<String, Integer> values) {
        private int valueColumn() {
            List<Column> columns = projection.columns();
            return columns.size() - 1;
        }
    }

    /**
     * Reads all rows that are wanted.
     *
     * @throws ScanStoppedException if the scan was stopped
     * @throws ScanTooLargeException if it would hold too much in memory
     * @throws io.tidemark.ingest.log.TableException if a file cannot be read
     */
    void read(VersionFiles files, Wanted wanted) {
        long[] count = {0};
        files.forEach(file -> {
            scan.check();
            count[0] += wanted.range.mayHold(file) ? 1 : 0;
        });
        scan.expect(count[0]);
        List<LiveFile> some = new ArrayList<>();
        Runnable readSome = () -> {
            scan.run(some.iterator(), file -> read(file, wanted), ignored -> {});
            some.clear();
        };
        files.forEach(file -> {
            if (wanted.range.mayHold(file)) {
                some.add(file);
                if (some.size() == AT_A_TIME) {
                    readSome.run();
                }
            }
        });
        readSome.run();
    }

    private ScanResult read(LiveFile file, Wanted wanted) {
        NumberedColumn idsOfFile = new NumberedColumn(this::idOf);
        NumberedColumn valuesOfFile = new NumberedColumn(
                (dictionary, id) -> wanted.values.getOrDefault(dictionary.text(id), NumberedColumn.NONE));
        ScanResult result = scanner.scan(
                file.file(),
                wanted.projection,
                wanted.rows,
                batch -> {
                    scan.check();
                    int[] values = wanted.values.isEmpty()
                            ? new int[batch.rows()]
                            : valuesOfFile.of(batch.values(wanted.valueColumn()), batch.rows());
                    add(batch, idsOfFile, values);
                    return true;
                },
                scan.control());
        scan.looked(Math.max(file.rows(), result.rows()));
        return result;
    }

    private synchronized void add(RowBatch batch, NumberedColumn idsOfFile, int[] values) {
        int rows = batch.rows();
        int[] numbers = idsOfFile.of(batch.values(0), rows);
        long[] micros = batch.micros();
        for (int i = 0; i < rows; i++) {
            if (numbers[i] == NumberedColumn.NONE) {
                noId++;
            } else if (micros[i] == RowBatch.NO_TIME) {
                noTime++;
            } else {
                tally.add(numbers[i], micros[i], values[i]);
            }
        }
        holding.is(ids.heapBytes() + tally.heapBytes());
    }

    /** The empty text is no id. */
    private int idOf(ValueDictionary dictionary, int id) {
        int length = dictionary.length(id);
        return length == 0 ? NumberedColumn.NONE : ids.id(dictionary.bytes(), dictionary.offset(id), length);
    }

    /** After all was read. */
    synchronized LeftOut leftOut() {
        return new LeftOut(noId, noTime);
    }

    @Override
    public void close() {
        holding.close();
    }
}
