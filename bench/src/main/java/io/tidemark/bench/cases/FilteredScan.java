package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.Contest;
import io.tidemark.bench.DuckDb;
import io.tidemark.bench.EventFiles;
import io.tidemark.bench.Line;
import io.tidemark.bench.Report;
import io.tidemark.bench.Setting;
import io.tidemark.bench.Times;
import io.tidemark.bench.WrongOutputException;
import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.scan.IdVector;
import io.tidemark.ingest.scan.ParquetRowScanner;
import io.tidemark.ingest.scan.RowBatch;
import io.tidemark.ingest.scan.RowFilter;
import io.tidemark.ingest.scan.RowProjection;
import io.tidemark.ingest.scan.ScanControl;
import io.tidemark.ingest.scan.ScanLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the cube cannot answer: rows that match, with their time, page and session, by one thread. */
final class FilteredScan implements Case {
    private static final List<Column> COLUMNS = List.of(column("page"), column("session_id"));
    private static final long MINUTE = 60_000_000L;
    private static final long SOME_TIME = 1_736_000_000_000_000L;

    @Override
    public String name() {
        return "scan";
    }

    @Override
    public String about() {
        return "filtered scans for rows: by time, by value, by both";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        EventFiles events = EventFiles.dense(setting, EventFiles.Form.SNAPPY);
        long to = SOME_TIME + 90 * MINUTE;
        String time = "timestamp >= make_timestamp(" + SOME_TIME + ") AND timestamp < make_timestamp(" + to + ")";
        RowFilter.Condition kiosk = condition("channel", "kiosk");
        RowFilter.Condition refund = condition("event_type", "refund");
        String values = "channel = 'kiosk' AND event_type = 'refund'";
        run("90 minutes", time, new RowFilter(SOME_TIME, to, List.of()), events, setting, report);
        run(
                "two values",
                values,
                new RowFilter(RowFilter.OPEN_FROM, RowFilter.OPEN_TO, List.of(kiosk, refund)),
                events,
                setting,
                report);
        run(
                "90 minutes and two values",
                time + " AND " + values,
                new RowFilter(SOME_TIME, to, List.of(kiosk, refund)),
                events,
                setting,
                report);
    }

    private void run(String what, String where, RowFilter filter, EventFiles events, Setting setting, Report report)
            throws Exception {
        String query = "SELECT count(*), coalesce(bit_xor(epoch_us(timestamp)), 0)::BIGINT,"
                + " coalesce(sum(strlen(page)), 0)::BIGINT, coalesce(sum(strlen(session_id)), 0)::BIGINT FROM "
                + DuckDb.files(events.paths()) + " WHERE " + where;
        try (DuckDb duck = new DuckDb(1);
                LocalTableFiles files = new LocalTableFiles(events.folder())) {
            ParquetRowScanner scanner = new ParquetRowScanner(files, ScanLimits.standard());
            List<DataFile> data = events.files();
            List<Long> expected = duck.numbers(query);
            Contest contest = Contest.onOneThread(setting.rounds())
                    .with(
                            "ours",
                            () -> WrongOutputException.unlessEqual(
                                    "rows, times and lengths", scan(scanner, data, filter), expected))
                    .with("DuckDB", () -> duck.numbers(query));
            Map<String, Times> times = contest.run();
            report.add(Line.race(name(), what, contest, times.get("ours"), times.get("DuckDB"), null)
                    .noting(String.format(java.util.Locale.ROOT, "%,d of %,d rows", expected.get(0), setting.rows())));
        }
    }

    private static List<Long> scan(ParquetRowScanner scanner, List<DataFile> files, RowFilter filter) {
        RowProjection projection = new RowProjection(COLUMNS, EventFiles.METADATA.column("timestamp"), Set.of(), false);
        long[] sums = new long[2 + COLUMNS.size()];
        for (DataFile file : files) {
            scanner.scan(
                    file,
                    projection,
                    filter,
                    batch -> {
                        sums[0] += batch.rows();
                        sums[1] ^= times(batch);
                        for (int c = 0; c < COLUMNS.size(); c++) {
                            sums[c + 2] += lengths(batch, c);
                        }
                        return true;
                    },
                    new ScanControl());
        }
        return List.of(sums[0], sums[1], sums[2], sums[3]);
    }

    private static long times(RowBatch batch) {
        long[] micros = batch.micros();
        long all = 0;
        for (int i = 0; i < batch.rows(); i++) {
            all ^= micros[i];
        }
        return all;
    }

    private static long lengths(RowBatch batch, int column) {
        IdVector values = batch.values(column);
        if (values.isConstant()) {
            return (long) batch.rows() * values.dictionary().length(values.constant());
        }
        long sum = 0;
        for (int i = 0; i < batch.rows(); i++) {
            sum += values.dictionary().length(values.ids()[i]);
        }
        return sum;
    }

    private static Column column(String name) {
        return EventFiles.METADATA.column(name).orElseThrow();
    }

    private static RowFilter.Condition condition(String column, String value) {
        return new RowFilter.Condition(Optional.of(column(column)), Set.of(value), false);
    }
}
