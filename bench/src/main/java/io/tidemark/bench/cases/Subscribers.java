package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.EventFiles;
import io.tidemark.bench.Goal;
import io.tidemark.bench.Line;
import io.tidemark.bench.ManyFilesTable;
import io.tidemark.bench.Metrics;
import io.tidemark.bench.Report;
import io.tidemark.bench.ServiceProcess;
import io.tidemark.bench.Setting;
import io.tidemark.bench.Sockets;
import io.tidemark.bench.Times;
import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.web.engine.EmbeddedEngine;
import io.tidemark.web.live.VirtualClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Ten thousand sockets over loopback, one commit a second: when the last one has it. The service is a process of its own, so that
 * neither side needs more than one file descriptor a socket; the clients share the machine with it.
 */
final class Subscribers implements Case {
    private static final int ROWS = 50;
    private static final int BEHIND = 100;
    private static final int WARM_UP = 10;
    private static final double MOST_MILLIS = 250;
    private static final double MOST_KILOBYTES = 2;

    @Override
    public String name() {
        return "subscribers";
    }

    @Override
    public String about() {
        return "1, 100 and 10,000 sockets, one commit a second; and what the hub keeps of each";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        int count = setting.pick(2_000, 10_000, 10_000);
        int commits = setting.pick(10, 30, 60);
        Path folder = setting.data("commits-" + BEHIND, draft -> {
            ManyFilesTable table = ManyFilesTable.make(draft, 1, ROWS, 1);
            table.append(BEHIND);
            table.writeCheckpoint();
        });
        keep(folder, count, setting, report);
        for (int each : new int[] {1, 100, count}) {
            sockets(folder, each, commits, setting, report);
        }
    }

    private void sockets(Path folder, int count, int commits, Setting setting, Report report) throws Exception {
        ManyFilesTable table = ManyFilesTable.open(folder);
        Path state = setting.empty("subscribers").resolve("state");
        try (ServiceProcess service = ServiceProcess.serve(folder, state, List.of("-Xmx1g"))) {
            service.awaitStatus("\"live\"");
            report.say("opening " + count + " sockets");
            try (Sockets sockets = new Sockets(service.address(), count)) {
                double[] last = new double[commits];
                for (int i = -WARM_UP; i < commits; i++) {
                    TimeUnit.SECONDS.sleep(1);
                    sockets.expect(table.version() + 1);
                    table.append(1);
                    long latest = Arrays.stream(sockets.arrivals()).max().orElseThrow();
                    if (i >= 0) {
                        last[i] = (latest - table.committedNanos()) / 1e6;
                    }
                }
                String what = String.format(Locale.ROOT, "last of %,d sockets", count);
                report.add(Line.number(name(), what + ", median commit", Times.median(last), "ms", null)
                        .noting(String.format(
                                Locale.ROOT,
                                "%,d bytes a socket and commit; heap in use %.0f MB",
                                sockets.lengthOfLast(),
                                Metrics.sum(service.get("metrics"), "jvm_memory_used_bytes{area=\"heap\"") / 1e6)));
                report.add(Line.number(
                                name(),
                                what + ", slowest of " + commits + " commits",
                                Arrays.stream(last).max().orElseThrow(),
                                "ms",
                                Goal.atMost(MOST_MILLIS, "ms"))
                        .noting(service.residentBytes() / (1 << 20) + " MB resident"));
            }
        }
    }

    /** What the hub keeps of each client; what Vert.x keeps of its socket is not looked at. */
    private void keep(Path folder, int count, Setting setting, Report report) throws Exception {
        try (EmbeddedEngine engine = EmbeddedEngine.open(
                        "bench", new LocalTableFiles(folder), setting.empty("hub"), EventFiles.spec(true));
                VirtualClients clients = new VirtualClients(engine)) {
            engine.start(1, Duration.ofSeconds(1));
            while (engine.state().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            clients.attach(1);
            long before = usedBytes();
            clients.attach(count);
            double kilobytes = (usedBytes() - before) / 1024.0 / count;
            report.add(Line.number(
                    name(), "heap of a client beside its socket", kilobytes, "KB", Goal.atMost(MOST_KILOBYTES, "KB")));
        }
    }

    private static long usedBytes() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
