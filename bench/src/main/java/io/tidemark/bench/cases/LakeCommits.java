package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.EventTables;
import io.tidemark.bench.Goal;
import io.tidemark.bench.Line;
import io.tidemark.bench.Metrics;
import io.tidemark.bench.Report;
import io.tidemark.bench.ServiceProcess;
import io.tidemark.bench.Setting;
import io.tidemark.bench.Sockets;
import io.tidemark.bench.StoredTable;
import io.tidemark.bench.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A table on the S3 server that the {@code AWS_} variables name: what it is asked, and how late an update is. */
final class LakeCommits implements Case {
    private static final String REQUESTS = "tidemark_object_store_requests_total";
    private static final String ABSENT = "{operation=\"get\",outcome=\"absent\"";
    private static final List<String> JVM = List.of("-Xmx512m");
    private static final int ROWS = 50;
    private static final int WARM_UP = 200;
    private static final int COMMITS = 400;
    private static final int POLL_MILLIS = 100;
    /** The question whether there is another one is not of the commit. */
    private static final double REQUESTS_A_COMMIT = 3.1;

    @Override
    public String name() {
        return "lake-commits";
    }

    @Override
    public String about() {
        return "requests and latency of commits on the S3 server of AWS_ENDPOINT_URL; -Dlake.bucket";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        Map<String, String> environment = StoredTable.environment();
        Path local = EventTables.small(setting, ROWS);
        byte[] file = Files.readAllBytes(EventTables.files(local).get(0));
        String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        try (StoredTable table = new StoredTable(local, "commits-" + run, environment)) {
            Path state = setting.empty("lake").resolve("state");
            report.say("told of each commit");
            try (ServiceProcess service = serve(table, state, List.of("--poll-interval", "1h"), environment);
                    Sockets sockets = new Sockets(service.address(), 1)) {
                latencies(table, file, service, sockets, WARM_UP, true);
                double before = requests(service);
                double nothing = requests(service, ABSENT);
                double[] millis = latencies(table, file, service, sockets, COMMITS, true);
                double probes = (requests(service, ABSENT) - nothing) / COMMITS;
                double asked = (requests(service) - before) / COMMITS - probes;
                percentiles("commit to socket, told of it", millis, report);
                report.add(Line.number(
                                name(),
                                "requests a commit of one file of " + file.length / 1000 + " KB",
                                asked,
                                "",
                                Goal.atMost(REQUESTS_A_COMMIT, ""))
                        .noting(String.format(java.util.Locale.ROOT, "and %.2f that found no next commit", probes)));
            }
            report.say("polls each " + POLL_MILLIS + " ms");
            try (ServiceProcess service =
                            serve(table, state, List.of("--poll-interval", POLL_MILLIS + "ms"), environment);
                    Sockets sockets = new Sockets(service.address(), 1)) {
                latencies(table, file, service, sockets, WARM_UP / 4, false);
                percentiles(
                        "commit to socket, polled each " + POLL_MILLIS + " ms",
                        latencies(table, file, service, sockets, COMMITS / 2, false),
                        report);
            }
            report.say("an idle minute");
            try (ServiceProcess service = serve(table, state, List.of(), environment)) {
                // Until the pause is as long as it gets.
                TimeUnit.SECONDS.sleep(60);
                double before = requests(service);
                TimeUnit.SECONDS.sleep(60);
                report.add(Line.number(name(), "requests of an idle minute", requests(service) - before, "", null));
            }
        }
    }

    private static ServiceProcess serve(
            StoredTable table, Path state, List<String> more, Map<String, String> environment) throws Exception {
        ServiceProcess service = ServiceProcess.serve(table.uri(), state, JVM, more, environment);
        service.awaitStatus("\"live\"");
        return service;
    }

    /** @param told whether the service is told of each commit, or finds it by itself, at some moment between two polls */
    private static double[] latencies(
            StoredTable table, byte[] file, ServiceProcess service, Sockets sockets, int count, boolean told)
            throws Exception {
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            if (!told) {
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(POLL_MILLIS));
            }
            sockets.expect(table.version() + 1);
            long committed = table.commit(file);
            if (told && service.post("api/v1/notify", table.notification()) != 204) {
                throw new IOException("The notification was not taken");
            }
            millis[i] = (sockets.arrivals()[0] - committed) / 1e6;
        }
        return millis;
    }

    private static double requests(ServiceProcess service) throws IOException {
        return requests(service, "");
    }

    /** @param labels the first ones, after a brace; empty: of all kinds */
    private static double requests(ServiceProcess service, String labels) throws IOException {
        return Metrics.sum(service.get("metrics"), REQUESTS + labels);
    }

    private void percentiles(String what, double[] millis, Report report) {
        report.add(Line.number(name(), what + ", p50", Times.median(millis), "ms", null));
        report.add(Line.number(name(), what + ", p99", Times.percentile(millis, 99), "ms", null));
    }
}
