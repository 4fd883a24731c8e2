package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.Goal;
import io.tidemark.bench.Line;
import io.tidemark.bench.ManyFilesTable;
import io.tidemark.bench.Report;
import io.tidemark.bench.ServiceProcess;
import io.tidemark.bench.Setting;
import io.tidemark.bench.Sockets;
import io.tidemark.bench.Times;
import java.nio.file.Path;
import java.util.List;

/**
 * From the commit's file moved into place on a local disk to the update on a subscriber's socket; the service is a process of its
 * own. One commit of 50 rows after the other, with few and with many commits behind.
 */
final class CommitToSocket implements Case {
    private static final int ROWS = 50;
    private static final int WARM_UP = 3_000;
    private static final int COMMITS = 1_000;
    private static final int FEW = 100;
    private static final double MEDIAN_MILLIS = 5;
    private static final double P99_MILLIS = 25;
    /** By how much slower still counts as no slower: what two runs differ by anyway. */
    private static final double SAME = 1.25;

    @Override
    public String name() {
        return "commit";
    }

    @Override
    public String about() {
        return "one tiny commit to a subscriber's socket, local disk, 100 and 100,000 commits behind";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        int many = setting.pick(5_000, 100_000, 100_000);
        double few = measure(FEW, setting, report);
        double behindMany = measure(many, setting, report);
        report.add(Line.number(
                name(), "median with many commits behind against few", behindMany / few, "x", Goal.atMost(SAME, "x")));
    }

    private double measure(int behind, Setting setting, Report report) throws Exception {
        report.say(behind + " commits behind");
        Path folder = setting.data("commits-" + behind, draft -> {
            ManyFilesTable table = ManyFilesTable.make(draft, 1, ROWS, 1);
            table.append(behind);
            table.writeCheckpoint();
        });
        ManyFilesTable table = ManyFilesTable.open(folder);
        Path state = setting.empty("commit").resolve("state");
        try (ServiceProcess service = ServiceProcess.serve(folder, state, List.of("-Xmx512m"))) {
            service.awaitStatus("\"live\"");
            try (Sockets sockets = new Sockets(service.address(), 1)) {
                for (int i = 0; i < WARM_UP; i++) {
                    millis(table, sockets);
                }
                double[] millis = new double[COMMITS];
                for (int i = 0; i < COMMITS; i++) {
                    millis[i] = millis(table, sockets);
                }
                return report(String.format(java.util.Locale.ROOT, "%,d commits behind", behind), millis, report);
            }
        }
    }

    private static double millis(ManyFilesTable table, Sockets sockets) throws Exception {
        sockets.expect(table.version() + 1);
        table.append(1);
        return (sockets.arrivals()[0] - table.committedNanos()) / 1e6;
    }

    private double report(String what, double[] millis, Report report) {
        double median = Times.median(millis);
        report.add(Line.number(name(), what + ", p50", median, "ms", Goal.atMost(MEDIAN_MILLIS, "ms")));
        report.add(
                Line.number(name(), what + ", p99", Times.percentile(millis, 99), "ms", Goal.atMost(P99_MILLIS, "ms")));
        return median;
    }
}
