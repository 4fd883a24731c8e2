package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.Cells;
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
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.scan.ParquetScanner;
import io.tidemark.ingest.scan.ScanLimits;
import io.tidemark.views.contribution.FileCounter;
import io.tidemark.views.contribution.ScanningFileCounter;
import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.cube.FileCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** From files to a cube in memory, against DuckDB's GROUP BY over the same files. */
final class CubeIngest implements Case {
    private static final Map<EventFiles.Form, Double> GOALS = Map.of(
            EventFiles.Form.SNAPPY,
            3.5,
            EventFiles.Form.ZSTD,
            3.5,
            EventFiles.Form.DELTA,
            5.0,
            EventFiles.Form.PLAIN,
            3.0);
    private static final double TWO_THREADS = 1.8;
    private static final double BYTES_A_ROW = 16;

    /** A cube, and the dictionary that its numbers mean something by. */
    private record Counted(Cube cube, Dictionary dictionary) {}

    private final EventFiles.Form form;

    CubeIngest(EventFiles.Form form) {
        this.form = form;
    }

    @Override
    public String name() {
        return "cube-" + form.lowerCase();
    }

    @Override
    public String about() {
        return "files to a cube in memory, " + form.lowerCase() + "; one and two threads";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        EventFiles events = EventFiles.dense(setting, form);
        String files = DuckDb.files(events.paths());
        String query = Cells.digest(files, "");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (LocalTableFiles table = new LocalTableFiles(events.folder());
                DuckDb one = new DuckDb(1);
                DuckDb two = new DuckDb(2)) {
            FileCounter counter =
                    new ScanningFileCounter(EventFiles.spec(false), new ParquetScanner(table, ScanLimits.standard()));
            List<DataFile> data = events.files();
            Counted counted = count(data, counter);
            Cells.compare(counted.cube(), counted.dictionary().view(), one, files);
            List<Long> expected = List.of(counted.cube().cells(), counted.cube().rows());

            Contest alone = Contest.onOneThread(setting.rounds())
                    .with("ours", () -> check(expected, count(data, counter)))
                    .with("DuckDB", () -> check(expected, one.numbers(query)));
            Map<String, Times> single = alone.run();
            Contest both = Contest.onSeveralThreads(setting.rounds())
                    .with("ours", () -> check(expected, count(data, counter, threads)))
                    .with("DuckDB", () -> check(expected, two.numbers(query)));
            Map<String, Times> doubled = both.run();

            Goal goal = Goal.times(GOALS.get(form));
            Times ours = single.get("ours");
            report.add(Line.race(name(), "1 thread", alone, ours, single.get("DuckDB"), goal)
                    .noting(perRow(setting, ours)));
            report.add(Line.race(name(), "2 threads", both, doubled.get("ours"), doubled.get("DuckDB"), goal));
            double gain = ours.wall() / doubled.get("ours").wall();
            report.add(Line.number(name(), "2 threads against 1", gain, "x", Goal.times(TWO_THREADS)));
            report.add(Line.number(
                    name(),
                    "heap asked for a row",
                    ours.allocated() / setting.rows(),
                    "bytes",
                    Goal.atMost(BYTES_A_ROW, "bytes")));
        } finally {
            threads.shutdown();
        }
    }

    private static String perRow(Setting setting, Times ours) {
        return String.format(java.util.Locale.ROOT, "%.1f ns of processor a row", ours.cpu() * 1e6 / setting.rows());
    }

    private static Counted count(List<DataFile> files, FileCounter counter) {
        Merge merge = new Merge();
        files.forEach(file -> merge.add(counter.count(file, EventFiles.METADATA)));
        return merge.counted();
    }

    private static Counted count(List<DataFile> files, FileCounter counter, ExecutorService threads) throws Exception {
        List<Future<FileCounts>> counts = new ArrayList<>();
        files.forEach(file -> counts.add(threads.submit(() -> counter.count(file, EventFiles.METADATA))));
        Merge merge = new Merge();
        for (Future<FileCounts> count : counts) {
            merge.add(count.get());
        }
        return merge.counted();
    }

    private static void check(List<Long> expected, Counted counted) {
        check(expected, List.of(counted.cube().cells(), counted.cube().rows()));
    }

    private static void check(List<Long> expected, List<Long> found) {
        WrongOutputException.unlessEqual("cells and rows", expected, found);
    }

    /** Files to one cube, as the store's writer does it. */
    private static final class Merge {
        private final Dictionary dictionary = new Dictionary(EventFiles.DIMENSIONS.size());
        private final CubeDelta.Builder cells = new CubeDelta.Builder();

        void add(FileCounts counts) {
            cells.add(dictionary.intern(counts, 0));
        }

        Counted counted() {
            return new Counted(Cube.empty().plus(cells.build()), dictionary);
        }
    }
}
