package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.Contest;
import io.tidemark.bench.DuckDb;
import io.tidemark.bench.EventFiles;
import io.tidemark.bench.Goal;
import io.tidemark.bench.Line;
import io.tidemark.bench.Report;
import io.tidemark.bench.Setting;
import io.tidemark.bench.Times;
import io.tidemark.bench.WrongOutputException;
import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.scan.ParquetRowScanner;
import io.tidemark.ingest.scan.RowFilter;
import io.tidemark.ingest.scan.RowProjection;
import io.tidemark.ingest.scan.ScanControl;
import io.tidemark.ingest.scan.ScanLimits;
import io.tidemark.web.export.CsvWriter;
import io.tidemark.web.export.OutputBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All columns of a file of a million rows as one ordered CSV, all rows and one in a hundred, against DuckDB's COPY. */
final class CsvExport implements Case {
    private static final int ENOUGH = 1 << 18;
    private static final double ALL = 1.6;
    private static final double SOME = 1.4;
    private static final List<Column> COLUMNS = EventFiles.METADATA.columns();

    private static final String SOME_WHERE = "page IN (SELECT 'https://example.org/page/' || i FROM range(50) r(i))";

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public String about() {
        return "a million rows of nine columns as CSV, 100 % and 1 % of them, against COPY";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        RowFilter some = new RowFilter(
                RowFilter.OPEN_FROM,
                RowFilter.OPEN_TO,
                List.of(new RowFilter.Condition(
                        EventFiles.METADATA.column("page"),
                        IntStream.range(0, 50)
                                .mapToObj(i -> "https://example.org/page/" + i)
                                .collect(Collectors.toSet()),
                        false)));
        for (EventFiles.Form form : List.of(EventFiles.Form.SNAPPY, EventFiles.Form.ZSTD)) {
            Path file = EventFiles.dense(setting, form).paths().get(0);
            race(form + " 100 %", file, "true", RowFilter.ALL, Goal.times(ALL), setting, report);
            race(form + " 1 %", file, SOME_WHERE, some, Goal.times(SOME), setting, report);
        }
    }

    private void race(String what, Path file, String where, RowFilter filter, Goal goal, Setting setting, Report report)
            throws Exception {
        Path out = setting.empty("csv");
        Path ours = out.resolve("ours.csv");
        Path theirs = out.resolve("theirs.csv");
        String copy =
                "COPY (SELECT * FROM '" + file + "' WHERE " + where + ") TO '" + theirs + "' (FORMAT csv, HEADER)";
        try (DuckDb duck = new DuckDb(1);
                LocalTableFiles files = new LocalTableFiles(file.getParent())) {
            ParquetRowScanner scanner = new ParquetRowScanner(files, ScanLimits.standard());
            write(scanner, file, filter, ours);
            duck.execute(copy);
            compare(duck, ours, theirs);
            Contest contest = Contest.onOneThread(setting.rounds())
                    .with("ours", () -> write(scanner, file, filter, ours))
                    .with("DuckDB", () -> duck.execute(copy));
            Map<String, Times> times = contest.run();
            report.add(Line.race(
                    name(),
                    what.toLowerCase(java.util.Locale.ROOT),
                    contest,
                    times.get("ours"),
                    times.get("DuckDB"),
                    goal));
        }
    }

    /** Both read by DuckDB with the same types, since times are written in different forms. */
    private static void compare(DuckDb duck, Path ours, Path theirs) throws Exception {
        String read = "SELECT * FROM read_csv('%s', header=true, columns={'timestamp':'TIMESTAMPTZ',"
                + "'channel':'VARCHAR','event_type':'VARCHAR','platform':'VARCHAR','event_category':'VARCHAR',"
                + "'session_id':'VARCHAR','page':'VARCHAR','duration':'INTEGER','amount':'DOUBLE'})";
        String digest = "SELECT count(*), bit_xor(hash(t))::VARCHAR, "
                + "bit_xor(hash(t, row))::VARCHAR FROM (SELECT t, row_number() OVER () AS row FROM (" + read + ") t)";
        String[] found = new String[2];
        for (int i = 0; i < 2; i++) {
            int at = i;
            duck.query(
                    digest.formatted(i == 0 ? ours : theirs),
                    row -> found[at] = row.getString(1) + " " + row.getString(2) + " " + row.getString(3));
        }
        WrongOutputException.unlessEqual("rows, their hash, and that with their order", found[0], found[1]);
    }

    private static void write(ParquetRowScanner scanner, Path file, RowFilter filter, Path target) throws IOException {
        RowProjection projection = new RowProjection(COLUMNS, Optional.of(COLUMNS.get(0)), Set.of(), false);
        CsvWriter writer = new CsvWriter(COLUMNS, true);
        OutputBuffer out = new OutputBuffer(2 * ENOUGH);
        try (OutputStream stream = Files.newOutputStream(target)) {
            writer.begin(out);
            scanner.scan(
                    EventFiles.file(file),
                    projection,
                    filter,
                    batch -> {
                        for (int row = 0; row < batch.rows(); ) {
                            row = writer.write(batch, row, out, ENOUGH);
                            if (out.length() >= ENOUGH) {
                                flush(out, stream);
                            }
                        }
                        return true;
                    },
                    new ScanControl());
            flush(out, stream);
        }
    }

    private static void flush(OutputBuffer out, OutputStream stream) {
        try {
            stream.write(out.bytes(), 0, out.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.clear();
    }
}
