package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.Cells;
import io.tidemark.bench.Contest;
import io.tidemark.bench.DuckDb;
import io.tidemark.bench.EventFiles;
import io.tidemark.bench.Followed;
import io.tidemark.bench.Goal;
import io.tidemark.bench.Line;
import io.tidemark.bench.ManyFilesTable;
import io.tidemark.bench.Report;
import io.tidemark.bench.Setting;
import io.tidemark.bench.Times;
import io.tidemark.bench.WrongOutputException;
import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.scan.ParquetScanner;
import io.tidemark.ingest.scan.ScanLimits;
import io.tidemark.views.contribution.FileCounter;
import io.tidemark.views.contribution.ScanningFileCounter;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.store.ViewState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Ten thousand files of 50 rows at once, against DuckDB with the list of them in one scan: its quickest way. */
final class TinyFilesBacklog implements Case {
    private static final int ROWS = 50;
    private static final double GOAL = 8;

    @Override
    public String name() {
        return "tiny";
    }

    @Override
    public String about() {
        return "10,000 files of 50 rows in one backlog: counted, and with ledger, sessions and commit";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        int count = setting.pick(2_000, 10_000, 10_000);
        Path folder = setting.data("tiny-" + count, draft -> ManyFilesTable.make(draft, count, ROWS, 1));
        List<Path> paths = ManyFilesTable.open(folder).files();
        String files = DuckDb.files(paths);
        String cells = Cells.digest(files, "");
        String sessions = "SELECT count(DISTINCT session_id) FROM " + files;
        List<DataFile> data = paths.stream().map(EventFiles::file).toList();
        try (LocalTableFiles table = new LocalTableFiles(folder);
                DuckDb duck = new DuckDb(1)) {
            FileCounter counter =
                    new ScanningFileCounter(EventFiles.spec(false), new ParquetScanner(table, ScanLimits.standard()));
            List<Long> expected;
            try (Followed followed = open(setting, folder)) {
                ViewState state = followed.load();
                Cells.compare(state.cube(), state.combinations(), duck, files);
                WrongOutputException.unlessEqual("sessions", List.of(state.distinct()), duck.numbers(sessions));
                expected = List.of(state.cube().cells(), state.cube().rows());
            }
            Contest alone = Contest.onOneThread(setting.rounds())
                    .with("ours", () -> count(data, counter, expected.get(1)))
                    .with("DuckDB", () -> WrongOutputException.unlessEqual("cells", expected, duck.numbers(cells)));
            Map<String, Times> times = alone.run();
            report.add(line(alone, times, count, "counted, 1 thread")
                    .noting(each(times.get("ours").cpu(), count)));

            Contest stored = Contest.onSeveralThreads(setting.rounds())
                    .with("ours", () -> {
                        try (Followed followed = open(setting, folder)) {
                            followed.load();
                        }
                    })
                    .with("DuckDB", () -> {
                        duck.numbers(cells);
                        duck.numbers(sessions);
                    });
            Map<String, Times> kept = stored.run();
            Line line = line(stored, kept, count, "with ledger and sessions");
            report.add(
                    line.judgedBy(line.cpuRatio()).noting(each(kept.get("ours").cpu(), count) + "; peer: two queries"));
        }
    }

    private Line line(Contest contest, Map<String, Times> times, int count, String what) {
        return Line.race(
                name(),
                String.format(java.util.Locale.ROOT, "%,d files, %s", count, what),
                contest,
                times.get("ours"),
                times.get("DuckDB"),
                Goal.times(GOAL));
    }

    private static String each(double millis, int count) {
        return String.format(java.util.Locale.ROOT, "%.1f µs of processor a file", millis * 1e3 / count);
    }

    private static Followed open(Setting setting, Path folder) throws Exception {
        return new Followed(folder, setting.empty("tiny"), EventFiles.spec(true), 1);
    }

    private static void count(List<DataFile> files, FileCounter counter, long rows) {
        Dictionary dictionary = new Dictionary(EventFiles.DIMENSIONS.size());
        CubeDelta.Builder cells = new CubeDelta.Builder();
        files.forEach(file -> cells.add(dictionary.intern(counter.count(file, EventFiles.METADATA), 0)));
        WrongOutputException.unlessEqual("rows", rows, cells.build().rows());
    }
}
