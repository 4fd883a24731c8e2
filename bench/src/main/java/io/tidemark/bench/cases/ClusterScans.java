package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.Line;
import io.tidemark.bench.Report;
import io.tidemark.bench.ServiceProcess;
import io.tidemark.bench.Setting;
import io.tidemark.bench.Times;
import io.tidemark.bench.WrongOutputException;
import io.tidemark.bench.cluster.Broker;
import io.tidemark.bench.cluster.Instances;
import io.tidemark.bench.cluster.SeededWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How fast instances scan together. */
final class ClusterScans implements Case {

    @Override
    public String name() {
        return "cluster-scans";
    }

    @Override
    public String about() {
        return "cluster: the same scans and download by one, two and three instances of one processor each";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        Path folder = setting.empty("cluster");
        try (Broker broker = new Broker(folder.resolve("broker"))) {
            scans(setting, folder, broker, report);
        }
    }

    /** The same scan by one, two and three instances, each of one processor. */
    private void scans(Setting setting, Path folder, Broker broker, Report report) throws Exception {
        Path table = setting.data(
                "cluster-scans-" + setting.rows(),
                draft -> new SeededWriter(draft, ThreeInstances.SEED).append(setting.rows(), setting.rows() / 60));
        List<String> jvm = List.of("-Xmx384m", "-XX:ActiveProcessorCount=1");
        List<String> options = List.of("--scan-threads", "1", "--kafka-threads", "2");
        try (Instances cluster = new Instances(
                broker, "scans", table, folder.resolve("scans-state"), ThreeInstances.COUNT, jvm, options)) {
            for (int i = 0; i < ThreeInstances.COUNT; i++) {
                report.say("scans by " + (i + 1));
                cluster.start(i);
                cluster.get(i).awaitStatus("\"live\"");
                awaitSharing(cluster, i);
                double[] read = new double[setting.pick(5, 7, 9)];
                double[] known = new double[read.length];
                for (int round = -2; round < read.length; round++) {
                    // Each time another question, as answers are kept, also those given by fewer instances.
                    double one = seconds(
                            cluster.get(0),
                            "from=2026-03-01T13:10:" + (12 + 15 * i + round)
                                    + "Z&to=2026-03-04T11:20:00Z&channel=web&sessions=exact");
                    double other = seconds(
                            cluster.get(0), "from=2026-02-0" + (i + 1) + "T" + (12 + round) + ":00:00Z&sessions=exact");
                    if (round >= 0) {
                        read[round] = setting.rows() / one / 1e6;
                        known[round] = setting.rows() / other / 1e6;
                    }
                }
                report.add(Line.number(
                        name(),
                        "scan by " + (i + 1) + ", sessions of a channel: files are read",
                        Times.median(read),
                        "M rows/s",
                        null));
                report.add(Line.number(
                        name(),
                        "scan by " + (i + 1) + ", sessions of a range: the ledgers know them",
                        Times.median(known),
                        "M rows/s",
                        null));
                double export = seconds(cluster.get(0), null);
                report.add(Line.number(name(), "CSV by " + (i + 1), setting.rows() / export / 1e6, "M rows/s", null));
            }
        }
    }

    /** Until all know one another, and each has some of the files. */
    private static void awaitSharing(Instances cluster, int newest) throws Exception {
        for (int round = 0;
                newest > 0 && cluster.get(newest).get("metrics").contains("tidemark_peer_answered_total 0.0");
                round++) {
            cluster.get(0).get("api/v1/views?from=2026-03-01T13:10:00.00" + round + "Z&sessions=exact");
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    /** @param query null: a download of everything */
    private static double seconds(ServiceProcess service, String query) throws Exception {
        long began = System.nanoTime();
        if (query == null) {
            service.download("api/v1/export?format=csv");
            return (System.nanoTime() - began) / 1e9;
        }
        String answer = service.get("api/v1/views?" + query);
        if (answer.length() == 3) {
            throw new WrongOutputException("status " + answer + " for " + query);
        }
        return (System.nanoTime() - began) / 1e9;
    }
}
