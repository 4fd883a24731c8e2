package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.Line;
import io.tidemark.bench.Report;
import io.tidemark.bench.ServiceProcess;
import io.tidemark.bench.Setting;
import io.tidemark.bench.Times;
import io.tidemark.bench.cluster.Broker;
import io.tidemark.bench.cluster.Instances;
import io.tidemark.bench.cluster.SeededWriter;
import io.tidemark.bench.cluster.Watcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A commit of a hundred rows by the embedded engine, by one instance and by three: how late, and at what cost; and when nothing happens. */
final class ClusterLatency implements Case {

    @Override
    public String name() {
        return "cluster-latency";
    }

    @Override
    public String about() {
        return "cluster: a commit to a socket, processor time and memory, beside the embedded engine";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        Path folder = setting.empty("cluster");
        alone(setting, folder, report);
        try (Broker broker = new Broker(folder.resolve("broker"))) {
            together(setting, folder, broker, report);
        }
    }

    /** The embedded engine, for comparison. */
    private void alone(Setting setting, Path folder, Report report) throws Exception {
        report.say("embedded");
        SeededWriter writer = new SeededWriter(folder.resolve("alone"), ThreeInstances.SEED);
        writer.append(20_000, 1_000);
        try (ServiceProcess service =
                ServiceProcess.serve(folder.resolve("alone"), folder.resolve("state"), ThreeInstances.JVM)) {
            service.awaitStatus("\"live\"");
            latency("embedded", setting, writer, service, service::cpuSeconds, report);
            idle("embedded", service::cpuSeconds, report);
            report.add(Line.number(name(), "embedded, resident memory", service.residentBytes() / 1e6, "MB", null));
        }
    }

    private interface Cpu {
        double seconds() throws IOException;
    }

    private void idle(String who, Cpu cpu, Report report) throws Exception {
        TimeUnit.SECONDS.sleep(5);
        double before = cpu.seconds();
        long began = System.nanoTime();
        TimeUnit.SECONDS.sleep(15);
        double percent = 100 * (cpu.seconds() - before) / ((System.nanoTime() - began) / 1e9);
        report.add(Line.number(name(), who + ", idle", percent, "% of a processor", null));
    }

    /** One commit of 100 rows after the other. */
    private void latency(
            String who, Setting setting, SeededWriter writer, ServiceProcess service, Cpu cpu, Report report)
            throws Exception {
        int commits = setting.pick(25, 100, 300);
        try (Watcher watcher = new Watcher(service::address)) {
            double[] millis = new double[commits];
            double before = 0;
            int warmUp = 10;
            for (int i = -warmUp; i < commits; i++) {
                if (i == 0) {
                    before = cpu.seconds();
                }
                writer.append(100, 100);
                double seen = watcher.await(writer.version());
                if (i >= 0) {
                    millis[i] = 1e3 * (seen - writer.committedSeconds());
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            report.add(Line.number(name(), who + ", commit to socket, p50", Times.median(millis), "ms", null));
            report.add(Line.number(name(), who + ", commit to socket, p95", Times.percentile(millis, 95), "ms", null));
            report.add(Line.number(
                    name(), who + ", processor time a commit", 1e3 * (cpu.seconds() - before) / commits, "ms", null));
        }
    }

    private void together(Setting setting, Path folder, Broker broker, Report report) throws Exception {
        Path table = folder.resolve("together");
        SeededWriter writer = new SeededWriter(table, ThreeInstances.SEED);
        writer.append(20_000, 1_000);
        try (Instances cluster = ThreeInstances.of(broker, "together", table, folder)) {
            report.say("one instance");
            cluster.start(0);
            cluster.await(writer.version());
            latency("one instance", setting, writer, cluster.get(0), cluster::cpuSeconds, report);
            idle("one instance", cluster::cpuSeconds, report);
            report.say("three instances");
            cluster.start(1);
            cluster.start(2);
            cluster.await(writer.version());
            latency("three instances", setting, writer, cluster.get(0), cluster::cpuSeconds, report);
            idle("three instances together", cluster::cpuSeconds, report);
            ThreeInstances.memory(name(), cluster, report);
        }
    }
}
