package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.Line;
import io.tidemark.bench.ManyFilesTable;
import io.tidemark.bench.Plot;
import io.tidemark.bench.Report;
import io.tidemark.bench.ServiceProcess;
import io.tidemark.bench.Setting;
import io.tidemark.bench.Sockets;
import io.tidemark.bench.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Very many tiny commits on one table, each waited for on a socket; an OPTIMIZE at two thirds of the way; and on. What must stay
 * flat: time from commit to update, heap, the process's memory. Disk grows with rows and falls with the OPTIMIZE's compaction.
 *
 * <p>Number of commits: {@code -Dcommits=}, else 5,000, 20,000 or 200,000 by size. Writes {@code soak.csv} and an SVG for each
 * column into the folder {@code soak} beside the data.
 */
final class Soak implements Case {
    private static final int ROWS = 50;
    private static final int SAMPLES = 200;
    private static final Pattern HEAP =
            Pattern.compile("jvm_memory_used_bytes\\{[^}]*area=\"heap\"[^}]*\\} ([0-9.E+]+)");

    /** What was seen of a stretch of commits. */
    private record Sample(
            long commits, double median, double slowest, double heapMb, double residentMb, double diskMb) {}

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String about() {
        return "tiny commits by the ten thousand, OPTIMIZE, more commits: time, heap, memory, disk; CSV and SVG";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        int commits = Integer.getInteger("commits", setting.pick(5_000, 20_000, 200_000));
        Path folder = setting.empty("soak-table");
        Path state = setting.empty("soak-state").resolve("state");
        ManyFilesTable table = ManyFilesTable.make(folder, 1, ROWS, 4);
        List<Sample> samples = new ArrayList<>();
        double optimizeMillis = 0;
        try (ServiceProcess service = ServiceProcess.serve(folder, state, List.of("-Xmx512m"))) {
            service.awaitStatus("\"live\"");
            try (Sockets sockets = new Sockets(service.address(), 1)) {
                int stretch = Math.max(1, commits / SAMPLES);
                double[] millis = new double[stretch];
                for (int done = 0; done + stretch <= commits; done += stretch) {
                    for (int i = 0; i < stretch; i++) {
                        sockets.expect(table.version() + 1);
                        table.append(1);
                        millis[i] = (sockets.arrivals()[0] - table.committedNanos()) / 1e6;
                    }
                    samples.add(sample(done + stretch, millis, service, state));
                    if (optimizeMillis == 0 && done + stretch >= commits * 2 / 3) {
                        report.say("OPTIMIZE after " + (done + stretch));
                        sockets.expect(table.version() + 1);
                        table.optimize();
                        optimizeMillis = (sockets.arrivals()[0] - table.committedNanos()) / 1e6;
                    }
                }
            }
        }
        write(setting.empty("soak"), samples);
        report(report, samples, optimizeMillis, commits);
    }

    private static Sample sample(long commits, double[] millis, ServiceProcess service, Path state) throws IOException {
        double heap = 0;
        Matcher used = HEAP.matcher(service.get("metrics"));
        while (used.find()) {
            heap += Double.parseDouble(used.group(1));
        }
        long disk;
        try (Stream<Path> files = Files.walk(state)) {
            disk = files.mapToLong(file -> file.toFile().length()).sum();
        }
        return new Sample(
                commits,
                Times.median(millis),
                Times.percentile(millis, 100),
                heap / 1e6,
                service.residentBytes() / 1e6,
                disk / 1e6);
    }

    private static void write(Path folder, List<Sample> samples) throws IOException {
        StringBuilder csv = new StringBuilder("commits,median_ms,slowest_ms,heap_mb,resident_mb,state_mb\n");
        for (Sample s : samples) {
            csv.append(String.format(
                    Locale.ROOT,
                    "%d,%.3f,%.3f,%.1f,%.1f,%.1f%n",
                    s.commits(),
                    s.median(),
                    s.slowest(),
                    s.heapMb(),
                    s.residentMb(),
                    s.diskMb()));
        }
        Files.writeString(folder.resolve("soak.csv"), csv);
        plot(folder, "soak-time", "commit to update, median of a stretch", "ms", samples, Sample::median);
        plot(folder, "soak-heap", "heap in use, not collected before", "MB", samples, Sample::heapMb);
        plot(folder, "soak-resident", "resident memory of the process", "MB", samples, Sample::residentMb);
        plot(folder, "soak-state", "state directory", "MB", samples, Sample::diskMb);
    }

    private static void plot(
            Path folder, String file, String title, String unit, List<Sample> samples, ToDoubleFunction<Sample> of)
            throws IOException {
        Plot.write(
                folder.resolve(file + ".svg"),
                title,
                unit,
                samples.stream()
                        .map(s -> new double[] {s.commits(), of.applyAsDouble(s)})
                        .toList());
    }

    private void report(Report report, List<Sample> samples, double optimizeMillis, int commits) {
        Sample early = samples.get(samples.size() / 10);
        Sample last = samples.get(samples.size() - 1);
        String of = String.format(Locale.ROOT, "%,d commits", commits);
        add(report, of + ", median of the last stretch", last.median(), "ms", early.median());
        add(report, of + ", resident", last.residentMb(), "MB", early.residentMb());
        add(report, of + ", state on disk", last.diskMb(), "MB", early.diskMb());
        report.add(Line.number(name(), "OPTIMIZE of two thirds of them, to the update", optimizeMillis, "ms", null));
    }

    private void add(Report report, String what, double value, String unit, double early) {
        report.add(Line.number(name(), what, value, unit, null)
                .noting(String.format(Locale.ROOT, "after a tenth of the way: %.4g %s", early, unit)));
    }
}
