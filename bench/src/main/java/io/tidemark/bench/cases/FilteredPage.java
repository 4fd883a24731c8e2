package io.tidemark.bench.cases;

import com.sun.management.ThreadMXBean;
import io.tidemark.bench.Case;
import io.tidemark.bench.Cells;
import io.tidemark.bench.DuckDb;
import io.tidemark.bench.EventFiles;
import io.tidemark.bench.Goal;
import io.tidemark.bench.Line;
import io.tidemark.bench.Report;
import io.tidemark.bench.Setting;
import io.tidemark.bench.Times;
import io.tidemark.bench.WrongOutputException;
import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.scan.ParquetScanner;
import io.tidemark.ingest.scan.ScanLimits;
import io.tidemark.views.contribution.FileCounter;
import io.tidemark.views.contribution.ScanningFileCounter;
import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dictionary;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.ServedLimits;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.wire.PageJson;
import io.tidemark.web.wire.Selected;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The whole page under a filter that nobody asked for before, from a cube of one year: roll-up and JSON, in the server. Each page
 * has a filter of its own, half of them a range of time too.
 */
final class FilteredPage implements Case {
    private static final Instant NEW_YEAR = Instant.parse("2025-01-01T00:00:00Z");
    private static final int DAYS = 365;
    private static final int PAGES = 2_000;
    private static final int SCANS = 7;
    private static final double MOST_MILLIS = 2;
    private static final double TIMES = 1_000;
    private static final List<String> CHANNELS = List.of("web", "app", "mail", "shop", "kiosk");
    private static final List<String> PLATFORMS = CHANNELS.stream()
            .flatMap(channel -> Stream.of(channel + "-a", channel + "-b"))
            .toList();

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Override
    public String name() {
        return "page";
    }

    @Override
    public String about() {
        return "a filtered page from a one-year cube, roll-up and JSON, against the scan";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        EventFiles events = EventFiles.year(setting);
        ViewState state = state(events);
        String files = DuckDb.files(events.paths());
        Random random = new Random(7);
        try (DuckDb duck = new DuckDb(1)) {
            double[] scans = new double[SCANS];
            for (int i = 0; i < SCANS; i++) {
                Filter filter = filter(random);
                String query = Cells.digest(files, where(filter));
                long began = System.nanoTime();
                long rows = duck.numbers(query).get(1);
                scans[i] = (System.nanoTime() - began) / 1e6;
                JsonObject page = new JsonObject(PageJson.page(Selected.ofCube(state, filter), ServedLimits.DEFAULT));
                WrongOutputException.unlessEqual(
                        "events under " + filter, page.getJsonObject("totals").getLong("events"), rows);
            }
            for (int i = 0; i < PAGES; i++) {
                PageJson.page(Selected.ofCube(state, filter(random)), ServedLimits.DEFAULT);
            }
            double[] wall = new double[PAGES];
            double[] cpu = new double[PAGES];
            double[] allocated = new double[PAGES];
            for (int i = 0; i < PAGES; i++) {
                Filter filter = filter(random);
                long bytes = threads.getCurrentThreadAllocatedBytes();
                long cpuBegan = threads.getCurrentThreadCpuTime();
                long began = System.nanoTime();
                PageJson.page(Selected.ofCube(state, filter), ServedLimits.DEFAULT);
                wall[i] = (System.nanoTime() - began) / 1e6;
                cpu[i] = (threads.getCurrentThreadCpuTime() - cpuBegan) / 1e6;
                allocated[i] = threads.getCurrentThreadAllocatedBytes() - bytes;
            }
            report(report, state, wall, cpu, allocated, Times.median(scans));
        }
    }

    private void report(Report report, ViewState state, double[] wall, double[] cpu, double[] allocated, double scan) {
        String of = String.format(
                java.util.Locale.ROOT,
                "%,d hours, %,d cells",
                state.cube().size(),
                state.cube().cells());
        double p99 = Times.percentile(wall, 99);
        report.add(Line.number(name(), "p99 by the clock", p99, "ms", Goal.atMost(MOST_MILLIS, "ms"))
                .noting(of));
        report.add(Line.number(
                name(), "p99 of processor time", Times.percentile(cpu, 99), "ms", Goal.atMost(MOST_MILLIS, "ms")));
        double median = Times.median(wall);
        report.add(new Line(
                name(),
                "median, against the scan",
                median,
                scan,
                "ms",
                scan / median,
                Double.NaN,
                scan / median,
                Optional.of(Goal.times(TIMES)),
                "DuckDB, 1 thread, cells only"));
        report.add(Line.number(name(), "heap asked for a page", Times.median(allocated) / 1024, "KB", null)
                .noting("of which hours and JSON; the cube has " + state.cube().cells() * 12 / (1 << 20) + " MB"));
    }

    static ViewState state(EventFiles events) throws Exception {
        CubeSpec spec = EventFiles.spec(false);
        Dictionary dictionary = new Dictionary(spec.dimensions().size());
        CubeDelta.Builder cells = new CubeDelta.Builder();
        try (LocalTableFiles table = new LocalTableFiles(events.folder())) {
            FileCounter counter = new ScanningFileCounter(spec, new ParquetScanner(table, ScanLimits.standard()));
            events.files().forEach(file -> cells.add(dictionary.intern(counter.count(file, EventFiles.METADATA), 0)));
        }
        Cube cube = Cube.empty().plus(cells.build());
        return new ViewState(
                spec, EventFiles.METADATA, "epoch", 1, NEW_YEAR, NEW_YEAR, cube, dictionary.view(), 0, 1, 1);
    }

    private static Filter filter(Random random) {
        Map<String, Set<Optional<String>>> values = new java.util.TreeMap<>();
        values.put("channel", some(CHANNELS, random));
        if (random.nextBoolean()) {
            values.put("platform", some(PLATFORMS, random));
        }
        if (random.nextBoolean()) {
            return new Filter(Optional.empty(), Optional.empty(), values);
        }
        Instant from = NEW_YEAR.plus(random.nextInt(DAYS * 24), ChronoUnit.HOURS);
        Instant to = from.plus(1 + random.nextInt(DAYS), ChronoUnit.DAYS);
        return new Filter(Optional.of(from), Optional.of(to), values);
    }

    private static Set<Optional<String>> some(List<String> from, Random random) {
        Set<Optional<String>> chosen = new java.util.HashSet<>();
        int count = 1 + random.nextInt(from.size() - 1);
        while (chosen.size() < count) {
            chosen.add(Optional.of(from.get(random.nextInt(from.size()))));
        }
        return chosen;
    }

    private static String where(Filter filter) {
        List<String> conditions = new ArrayList<>();
        filter.values().forEach((dimension, values) -> {
            List<String> texts = values.stream()
                    .map(value -> "'" + value.orElseThrow() + "'")
                    .toList();
            conditions.add(dimension + " IN (" + String.join(",", texts) + ")");
        });
        filter.from().ifPresent(from -> conditions.add("timestamp >= " + timestamp(from)));
        filter.to().ifPresent(to -> conditions.add("timestamp < " + timestamp(to)));
        return " WHERE " + String.join(" AND ", conditions);
    }

    private static String timestamp(Instant time) {
        return "make_timestamp(" + time.getEpochSecond() * 1_000_000 + ")";
    }
}
