package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.EventTables;
import io.tidemark.bench.Goal;
import io.tidemark.bench.Line;
import io.tidemark.bench.Report;
import io.tidemark.bench.ServiceProcess;
import io.tidemark.bench.Setting;
import io.tidemark.bench.Times;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A service with the state of one year and a million sessions: how long until it serves again, and what it takes. */
final class Restart implements Case {
    private static final int STARTS = 5;
    private static final int PAGES = 50;
    private static final double MOST_MILLIS = 1_000;
    private static final double MOST_MEGABYTES = 400;
    private static final List<String> JVM = List.of("-Xmx256m");

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public String about() {
        return "restart with the state of one year and a million sessions; memory of the live service";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        Path table = EventTables.year(setting);
        Path state = setting.empty("restart").resolve("state");
        long mostWhileLoading;
        try (ServiceProcess service = ServiceProcess.serve(table, state, JVM)) {
            service.awaitStatus("\"live\"");
            mostWhileLoading = service.mostResidentBytes();
        }
        double[] machine = new double[STARTS];
        double[] serving = new double[STARTS];
        long resident = 0;
        long most = 0;
        for (int i = 0; i < STARTS; i++) {
            machine[i] = emptyMachineMillis();
            long began = System.nanoTime();
            try (ServiceProcess service = ServiceProcess.serve(table, state, JVM)) {
                if (!service.get("api/v1/views/totals").startsWith("{")) {
                    throw new IOException("It listens, but does not serve");
                }
                serving[i] = (System.nanoTime() - began) / 1e6;
                service.awaitStatus("\"live\"");
                for (int page = 0; page < PAGES; page++) {
                    service.get("api/v1/views?channel=web" + page);
                }
                resident = service.residentBytes();
                most = service.mostResidentBytes();
            }
        }
        double up = Times.median(machine);
        report.add(Line.number(
                        name(),
                        "to the first answer, after a Java that does nothing",
                        Times.median(serving) - up,
                        "ms",
                        Goal.atMost(MOST_MILLIS, "ms"))
                .noting(String.format(java.util.Locale.ROOT, "Java alone: %.0f ms", up)));
        report.add(Line.number(
                        name(),
                        "resident, live, after " + PAGES + " pages",
                        resident / 1e6,
                        "MB",
                        Goal.atMost(MOST_MEGABYTES, "MB"))
                .noting(String.join(" ", JVM) + "; at most " + most / 1_000_000 + " MB, in the first load "
                        + mostWhileLoading / 1_000_000 + " MB"));
    }

    /** A virtual machine of the same kind that starts and ends. */
    private static double emptyMachineMillis() throws IOException, InterruptedException {
        List<String> command = ServiceProcess.java(JVM);
        command.add(Nothing.class.getName());
        long began = System.nanoTime();
        new ProcessBuilder(command).start().waitFor();
        return (System.nanoTime() - began) / 1e6;
    }

    /** Does nothing. */
    static final class Nothing {
        private Nothing() {}

        public static void main(String[] arguments) {}
    }
}
