package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.EventFiles;
import io.tidemark.bench.EventTables;
import io.tidemark.bench.Followed;
import io.tidemark.bench.Line;
import io.tidemark.bench.ManyFilesTable;
import io.tidemark.bench.Report;
import io.tidemark.bench.Setting;
import io.tidemark.bench.Times;
import io.tidemark.views.store.ViewState;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/**
 * A year at a glance: what a file and a row cost is measured here and now, the rest is arithmetic, printed as the table of {@code
 * docs/scale.md}. Checked with files of a size that no cost was measured with.
 */
final class Scale implements Case {
    private static final int TINY_ROWS = 50;
    private static final int SMALL_ROWS = 833; // five seconds of 10,000 events a minute
    private static final int CHECK_ROWS = 300;
    private static final List<Long> EVENTS_A_MINUTE = List.of(10_000L, 1_000_000L, 100_000_000L);

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public String about() {
        return "unit costs, and the model of docs/scale.md made of them";
    }

    /** What one load took. */
    private record Load(double cpuMicros, double stateBytes, long files, long rows, long distinct) {
        double cpuOfFile() {
            return cpuMicros / files;
        }
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        int tinyFiles = setting.pick(2_000, 5_000, 10_000);
        int smallFiles = setting.pick(500, 1_000, 2_000);
        Load tiny = load(files(tinyFiles, TINY_ROWS, setting), setting);
        Load small = load(files(smallFiles, SMALL_ROWS, setting), setting);
        Load check = load(files(smallFiles, CHECK_ROWS, setting), setting);
        Load large = load(EventTables.dense(setting), setting);
        // In the files of few rows each row has a session that no other row of its file has; in large ones few have.
        double rowAndSession = (small.cpuOfFile() - tiny.cpuOfFile()) / (SMALL_ROWS - TINY_ROWS);
        double file = tiny.cpuOfFile() - TINY_ROWS * rowAndSession;
        double sessionsOfRow = (double) large.distinct() / large.rows();
        double session = (rowAndSession - large.cpuMicros() / large.rows()) / (1 - sessionsOfRow);
        double row = rowAndSession - session;
        report.add(Line.number(name(), "processor time of a row", row * 1e3, "ns", null));
        report.add(Line.number(name(), "processor time of a file's session", session * 1e3, "ns", null));
        report.add(Line.number(name(), "processor time of a file", file, "µs", null));
        report.add(
                Line.number(name(), "state, a row of a large file", large.stateBytes() / large.rows(), "bytes", null));
        report.add(Line.number(name(), "state, a file of 50 rows", tiny.stateBytes() / tiny.files(), "bytes", null));
        report.add(Line.number(
                name(),
                "check: files of 300 rows, measured against the model",
                check.cpuOfFile() / (file + CHECK_ROWS * rowAndSession),
                "x",
                null));
        UnitCosts costs = new UnitCosts(row, session, file);
        System.out.println();
        System.out.println(Year.HEADER);
        EVENTS_A_MINUTE.forEach(rate -> System.out.println(new Year(rate, costs).row()));
        System.out.println();
    }

    private static Path files(int count, int rows, Setting setting) throws Exception {
        return setting.data("scale-" + rows + "-" + count, to -> ManyFilesTable.make(to, count, rows, 4));
    }

    /** The median of some first loads, in the processor time of all threads. */
    private static Load load(Path table, Setting setting) throws Exception {
        double[] micros = new double[setting.rounds()];
        Load load = null;
        for (int i = -1; i < micros.length; i++) {
            try (Followed followed = new Followed(table, setting.empty("scale"), EventFiles.spec(true), 1)) {
                long before = processNanos();
                ViewState state = followed.load();
                double took = (processNanos() - before) / 1e3;
                if (i >= 0) {
                    micros[i] = took;
                }
                load = new Load(
                        took, followed.stateBytes(), state.files(), state.cube().rows(), state.distinct());
            }
        }
        return new Load(Times.median(micros), load.stateBytes(), load.files(), load.rows(), load.distinct());
    }

    private static long processNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
