package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.Line;
import io.tidemark.bench.ManyFilesTable;
import io.tidemark.bench.Metrics;
import io.tidemark.bench.Report;
import io.tidemark.bench.ServiceProcess;
import io.tidemark.bench.Setting;
import io.tidemark.bench.Sockets;
import io.tidemark.bench.StuckSocket;
import io.tidemark.bench.Times;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One client that reads nothing beside one that does, for a minute of commits as fast as they can be told: what waits for it in the process, when it is
 * closed, and what that costs the other. On each transport.
 */
final class Stuck implements Case {
    private static final int ROWS = 50;

    @Override
    public String name() {
        return "stuck";
    }

    @Override
    public String about() {
        return "a client that reads nothing, for a minute, by each transport: bytes that wait for it, and the other's delay";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        int seconds = setting.pick(20, 60, 60);
        for (StuckSocket.Way way : StuckSocket.Way.values()) {
            Path folder = setting.empty("stuck-table");
            ManyFilesTable table = ManyFilesTable.make(folder, 1, ROWS, 4);
            Path state = setting.empty("stuck").resolve("state");
            try (ServiceProcess service = ServiceProcess.serve(folder, state, List.of("-Xmx256m"))) {
                service.awaitStatus("\"live\"");
                try (Sockets quick = new Sockets(service.address(), 1);
                        StuckSocket stuck = new StuckSocket(way, service.address())) {
                    follow(way, seconds, table, service, quick, report);
                }
            }
        }
    }

    private void follow(
            StuckSocket.Way way,
            int seconds,
            ManyFilesTable table,
            ServiceProcess service,
            Sockets quick,
            Report report)
            throws Exception {
        long begin = System.nanoTime();
        double most = 0;
        double closedAfter = Double.NaN;
        double[] millis = new double[100_000];
        int commits = 0;
        for (int second = 0; second < seconds; second++) {
            while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(second + 1) && commits < millis.length) {
                quick.expect(table.version() + 1);
                table.append(1);
                millis[commits++] = (quick.arrivals()[0] - table.committedNanos()) / 1e6;
            }
            String metrics = service.get("metrics");
            most = Math.max(most, Metrics.sum(metrics, "tidemark_unsent_bytes"));
            if (Double.isNaN(closedAfter) && Metrics.sum(metrics, "tidemark_subscribers") < 2) {
                closedAfter = second + 1;
            }
        }
        double merged = Metrics.sum(service.get("metrics"), "tidemark_updates_merged_total");
        String what = way.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        report.add(Line.number(name(), what + ": most that waited for it", most / 1024, "KB", null)
                .noting(String.format(
                        Locale.ROOT,
                        "%,d commits in %d s; %,.0f updates merged; closed after %.0f s",
                        commits,
                        seconds,
                        merged,
                        closedAfter)));
        double[] taken = java.util.Arrays.copyOf(millis, commits);
        report.add(Line.number(name(), what + ": the other's updates, median", Times.median(taken), "ms", null)
                .noting(String.format(Locale.ROOT, "p99 %.1f ms", Times.percentile(taken, 99))));
    }
}
